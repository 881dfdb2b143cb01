/** Functions that injected script calls to show or do something, in lower case. */
export const sinkFunctions: ReadonlySet<string> = new Set(
  (
    "alert confirm prompt eval fetch settimeout setinterval setimmediate execscript " +
    "importscripts xmlhttprequest activexobject fromcharcode fromcodepoint msgbox atob btoa " +
    "writeln createelement appendchild insertadjacenthtml sendbeacon postmessage " +
    "getscript geturl showmodaldialog"
  ).split(" "),
);

/** Names through which script reaches the page it runs in. */
export const sinkRoots: ReadonlySet<string> = new Set(
  "document window self top parent frames globalthis location navigator localstorage sessionstorage this".split(
    " ",
  ),
);

/** Properties that give it away when they are only named after one of the roots. */
export const sinkProperties: ReadonlySet<string> = new Set(
  (
    "cookie domain location documentelement innerhtml outerhtml alert confirm prompt eval onerror " +
    "onload getelementbyid getelementsbytagname queryselector queryselectorall createelement " +
    "defaultview serviceworker write writeln"
  ).split(" "),
);

/** Properties that give it away when they are called or assigned to. */
export const sinkMembers: ReadonlySet<string> = new Set(
  (
    "open name href hash search body cookies userdata replace assign vibrate sendbeacon clipboard " +
    "setitem getitem postmessage appendchild insertbefore settimeout setinterval"
  ).split(" "),
);

/** Methods that hand a function on instead of calling it. */
export const handingMembers: ReadonlySet<string> = new Set(["call", "apply", "bind"]);

/** Functions that attacks hand on by their name alone. */
export const handedFunctions: ReadonlySet<string> = new Set(["alert", "eval", "confirm", "prompt"]);

/** One of these is in every script that reaches the page without any bracket, backtick or `=`. */
export const reachingNames: readonly string[] = [
  ...sinkProperties,
  ...sinkMembers,
  ...handingMembers,
  ...handedFunctions,
  "window",
  "document",
];

/** Words that attackers pass to a dialog, where an honest sentence has others. */
export const usualArguments: ReadonlySet<string> = new Set(
  (
    "xss test hacked pwned poc hello hi name origin src alt code document window self top this " +
    "cookie location hash url title data value foo bar abc txt msg"
  ).split(" "),
);

/** Event handler attributes that browsers have or had. */
export const eventNames: ReadonlySet<string> = new Set(
  (
    "abort activate afterprint afterscriptexecute afterupdate animationcancel animationend " +
    "animationiteration animationstart auxclick beforeactivate beforecopy beforecut " +
    "beforedeactivate beforeeditfocus beforeinput beforematch beforepaste beforeprint " +
    "beforescriptexecute beforetoggle beforeunload beforeupdate begin blur bounce cancel canplay " +
    "canplaythrough cellchange change click close command contentvisibilityautostatechange " +
    "contextlost contextmenu contextrestored controlselect copy cuechange cut dataavailable " +
    "datasetchanged datasetcomplete dblclick deactivate drag dragdrop dragend dragenter dragexit " +
    "dragleave dragover dragstart drop durationchange emptied end ended error errorupdate " +
    "filterchange finish focus focusin focusout formdata forminput formchange fullscreenchange " +
    "fullscreenerror gesturechange gestureend gesturestart gotpointercapture hashchange help " +
    "input invalid keydown keypress keyup languagechange layoutcomplete load loadeddata " +
    "loadedmetadata loadend loadstart losecapture lostpointercapture mediacomplete mediaerror " +
    "message messageerror mousedown mouseenter mouseleave mousemove mouseout mouseover mouseup " +
    "mousewheel move moveend movestart mozfullscreenchange mozfullscreenerror offline online " +
    "outofsync pagehide pageshow paste pause play playing pointercancel pointerdown pointerenter " +
    "pointerleave pointermove pointerout pointerover pointerrawupdate pointerup popstate progress " +
    "promptdismiss promptaction propertychange ratechange readystatechange received redo repeat " +
    "reset resize resizeend resizestart resume reverse rowdelete rowenter rowexit rowinserted " +
    "rowsdelete rowsinserted scroll scrollend scrollsnapchange scrollsnapchanging search " +
    "securitypolicyviolation seek seeked seeking select selectionchange selectstart show " +
    "slotchange stalled start stop storage submit suspend syncrestored timeerror timeupdate " +
    "toggle touchcancel touchend touchmove touchstart trackchange transitioncancel transitionend " +
    "transitionrun transitionstart undo unhandledrejection unload urlflip volumechange waiting " +
    "webkitanimationend webkitanimationiteration webkitanimationstart webkittransitionend " +
    "webkitmouseforcechanged webkitmouseforcedown webkitmouseforceup webkitmouseforcewillbegin " +
    "webkitplaybacktargetavailabilitychanged webkitwillrevealbottom wheel zoom qt_error " +
    "mozpointerlockerror mozpointerlockchange popuphidden popuphiding popupshowing popupshown " +
    "pagereveal pageswap"
  ).split(" "),
);

/** Attributes whose value a browser loads, follows or sends to. */
export const urlAttributes: ReadonlySet<string> = new Set(
  (
    "href src action formaction data xlink:href poster background lowsrc dynsrc code codebase " +
    "classid archive cite longdesc usemap profile manifest icon from to by values ping srcset " +
    "folder implementation url handler content value pluginspage pluginurl movie filename datasrc " +
    "xml:base altimg template object img"
  ).split(" "),
);

/** Elements that load or become active content, with no place in a text that a user formats. */
export const activeElements: ReadonlySet<string> = new Set(
  (
    "iframe frame frameset object embed applet isindex layer ilayer bgsound xml base portal " +
    "fencedframe xss event-source handler listener import stylesheet plaintext"
  ).split(" "),
);

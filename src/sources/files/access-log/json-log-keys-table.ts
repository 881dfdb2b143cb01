/** What is wanted of an entry. */
export type LogFact =
  | "requestLine"
  | "method"
  | "target"
  | "query"
  | "time"
  | "status"
  | "forwarded"
  | "client"
  | "host"
  | "scheme"
  | "protocol"
  | "destination"
  | "id"
  | "userAgent"
  | "referer"
  | "durationMs"
  | "durationSeconds";

/**
 * Names that the products give it, the most telling first: letters and digits of the member's path
 * in small letters, so that `http.request.method`, `request_method` and `RequestMethod` are looked
 * up alike.
 */
export const factKeys: Readonly<Record<LogFact, readonly string[]>> = {
  requestLine: ["request", "requestline", "r", "httprequest", "routekey", "message"],
  method: [
    "requestmethod",
    "httprequestmethod",
    "httpmethod",
    "httprequestrequestmethod",
    "method",
    "verb",
  ],
  target: [
    "requesturi",
    "urloriginal",
    "httprequestrequesturl",
    "xenvoyoriginalpath",
    "requestpath",
    "requestpathandquery",
    "urlpath",
    "httptarget",
    "rawpath",
    "path",
    "uri",
    "uripath",
    "resourcepath",
    "requesturl",
    "url",
  ],
  query: ["querystring", "args", "urlquery", "query", "rawquerystring", "requestquery"],
  time: [
    "timeiso8601",
    "timestamp",
    "starttime",
    "startutc",
    "startlocal",
    "startedat",
    "requesttimeepoch",
    "msec",
    "ts",
    "timelocal",
    "time",
    "requesttime",
    "datetime",
    "date",
  ],
  status: [
    "status",
    "responsecode",
    "downstreamstatus",
    "responsestatus",
    "httpresponsestatuscode",
    "httprequeststatus",
    "statuscode",
    "httpstatus",
    "httpstatuscode",
    "code",
  ],
  forwarded: ["xforwardedfor", "httpxforwardedfor", "requestxforwardedfor"],
  client: [
    "requestclientip",
    "clientip",
    "clientaddress",
    "clienthost",
    "requestremoteip",
    "remoteaddr",
    "remoteip",
    "sourceip",
    "identitysourceip",
    "httprequestremoteip",
    "sourceaddress",
    "downstreamremoteaddress",
    "clientaddr",
    "remotehost",
    "ip",
    "client",
  ],
  host: [
    "requestheadershost",
    "requesthost",
    "authority",
    "httphost",
    "urldomain",
    "domainname",
    "requestaddr",
    "vhost",
    "host",
    "servername",
  ],
  scheme: ["requestscheme", "urlscheme", "scheme", "xforwardedproto"],
  protocol: ["requestprotocol", "serverprotocol", "requestproto", "protocol", "httpversion"],
  destination: ["upstreamhost", "upstreamaddr", "serviceaddr", "destinationaddress"],
  id: ["requestid", "xrequestid", "traceid"],
  userAgent: [
    "httpuseragent",
    "useragent",
    "useragentoriginal",
    "requestuseragent",
    "requestheadersuseragent",
    "httprequestuseragent",
    "identityuseragent",
  ],
  referer: ["httpreferer", "referer", "referrer", "httprequestreferrer", "requestreferer"],
  durationMs: ["durationms", "latenciesrequest", "responselatency", "responsetimems"],
  durationSeconds: ["requesttime"],
};

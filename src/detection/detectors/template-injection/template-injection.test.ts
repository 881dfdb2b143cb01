// biome-ignore-all lint/suspicious/noTemplateCurlyInString: attacks on template engines look like this.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Match } from "../../detector.ts";
import { templateInjection } from "./template-injection.ts";

function detect(value: string): Match | undefined {
  return templateInjection.detect({
    location: "query",
    name: "name",
    part: "value",
    type: "string",
    value,
  });
}

describe("a value that a template engine computes", () => {
  test.each([
    ["Jinja and Twig, as a test", "{{7*7}}"],
    ["within a word", "hello{{7*7}}world"],
    ["Jinja, a repeated string", "{{7*'7'}}"],
    ["Freemarker and Mako, as a test", "${7*7}"],
    ["several engines", "${{7*7}}"],
    ["Pug and Java expressions", "#{ 7 * 7 }"],
    ["ERB and EJS", "<%= 7*7 %>"],
    ["Thymeleaf, inlined", "[[${7*7}]]"],
    ["Smarty and Latte", "{7*7}"],
    ["Velocity, a directive", "#set($x=7*7)$x"],
    ["Go, a function", '{{printf "%s" "ssti"}}'],
    ["members of a literal", "{{ 'a'.toUpperCase() }}"],
    ["Python internals", "{{ ''.__class__.__mro__[2].__subclasses__() }}"],
    ["Python internals by escapes", "{{()|attr('\\x5f\\x5fclass\\x5f\\x5f')}}"],
    ["Twig filters that call", "{{['id']|filter('system')}}"],
    ["Twig's environment", '{{_self.env.registerUndefinedFilterCallback("exec")}}'],
    ["Jinja's configuration", "{{settings.SECRET_KEY}}"],
    ["Tornado's imports", "{% import os %}{{os.system('id')}}"],
    ["Handlebars' helpers", '{{this.push (lookup string.sub "constructor")}}'],
    ["JavaScript's constructor", "{{constructor.constructor('alert(1)')()}}"],
    ["Node's modules", "#{root.process.mainModule.require('child_process').execSync('id')}"],
    ["Ruby's files", "<%= File.open('/etc/passwd').read %>"],
    [
      "Freemarker's utilities",
      '<#assign ex="freemarker.template.utility.Execute"?new()>${ex("id")}',
    ],
    ["Velocity's references", '#set($e="e")$e.getClass().forName("java.lang.Runtime")'],
    ["Spring's types", "*{T(java.lang.Runtime).getRuntime().exec('id')}"],
    ["Smarty's PHP", "{php}echo `id`;{/php}"],
    ["Smarty's conditions", "{if phpinfo()}{/if}"],
  ])("is flagged with high confidence: %s", (_why, value) => {
    expect(detect(value)).toMatchObject({ confidence: "high" });
  });

  test.each([
    ["the engine's own objects", "{{config.items()}}"],
    ["a whole object", "{{ self }}"],
    ["Razor, as a test", "@(1+2)"],
    ["openers of several engines", "${{<%[%'\"}}%\\."],
    ["internals in a longer text", "Dear all, please see what becomes of {{ x.__class__ }} here"],
  ])("is flagged with medium confidence: %s", (_why, value) => {
    expect(detect(value)).toMatchObject({ confidence: "medium" });
  });

  test("shows the expression and names engines that would compute it", () => {
    const value = "Ann{{7*7}}";
    const match = detect(value);

    expect(value.slice(match?.start, match?.end)).toBe("{{7*7}}");
    expect(match?.explanation).toContain("Jinja");
  });
});

describe("an honest value", () => {
  test.each([
    ["placeholder", "Hello {{ first_name }}, your order {{order.id}} shipped!"],
    ["unescaped placeholder", "{{{firstName}}}"],
    ["variable of an API client", "{{$randomInt}}"],
    ["filter", '{{ price | money: "EUR" }}'],
    ["translation", "{{ 'Hello' | translate }}"],
    ["mail template", "{% if user %}Hello {{ user.name }}{% else %}Hello{% endif %}"],
    ["block helper", "{{#each items}}{{this.name}}{{/each}}"],
    ["shell variable", "${HOME}/bin:${PATH}"],
    ["workflow", "${{ secrets.GITHUB_TOKEN }}"],
    ["template literal", "`Total: ${price * quantity} EUR for ${user.getName()}`"],
    ["Vue snippet", "{{ message.split('').reverse().join('') }}"],
    ["Ruby snippet", 'puts "Hello #{user.name.upcase}"'],
    ["ERB snippet", "<% if @user %><%= link_to 'x', root_path %><% end %>"],
    ["formula", "$\\frac{{a}}{b}$ and $x^{2*3}$"],
    ["format string", "{0} of {1}"],
    ["JSON text", '{"a": 1, "b": [1,2]}'],
    ["style sheet", ".a { width: calc(100% - 20px) }"],
    ["wiki link", "[[Main Page]] and [[File:Foo.png|thumb]]"],
    ["matrix", "[[1,2],[3,4]]"],
    ["jQuery", "$(document).ready(function() { $('.a').click(); });"],
    ["nothing", ""],
  ])("passes: %s", (_why, value) => {
    expect(detect(value)).toBeUndefined();
  });

  test.each([
    ["text about templates", "In Jinja, {{ 7*7 }} is rendered as the number 49 on the page."],
    ["exponent of a formula", "e^{{2*3}}"],
  ])("stays at low confidence: %s", (_why, value) => {
    expect(detect(value)?.confidence).toBe("low");
  });
});

describe("reading", () => {
  test("takes any text without failing, and keeps its offsets inside", () => {
    const unit = fc.constantFrom(..."{}$#%<>()[]'\"\\x5f_a7*.=`/| \n");
    fc.assert(
      fc.property(fc.string({ unit }), (value) => {
        const match = detect(value);
        if (match === undefined) return;
        expect(match.start).toBeLessThanOrEqual(match.end);
        expect(match.end).toBeLessThanOrEqual(value.length);
      }),
    );
  });

  test.each([
    "{{",
    "${",
    "{{a}}",
    "${a.b}",
    "{%",
    "[[",
    "#set(",
    "<%",
    "{",
    "$a.b(",
    "{{'",
    "\\x",
    "${{}",
  ])("stays linear on a megabyte of %j", (pump) => {
    const value = pump.repeat(1_048_576 / pump.length);
    const started = performance.now();
    detect(value);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});

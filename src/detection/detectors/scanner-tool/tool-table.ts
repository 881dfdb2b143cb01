/** Attack tools by the words that their user agents consist of, in lower case. */
export const attackTools: ReadonlySet<string> = new Set(
  (
    "sqlmap sqlninja sqlsus bsqlbf pangolin havij jsql nosqlmap commix tplmap xsser xsstrike dalfox " +
    "nikto wpscan joomscan droopescan cmsmap whatweb nuclei projectdiscovery jaeles interactsh " +
    "gobuster dirbuster feroxbuster wfuzz ffuf dirsearch kiterunner dotdotpwn fimap padbuster patator " +
    "acunetix netsparker invicti appscan webinspect nessus openvas arachni w3af skipfish wapiti grendel-scan webshag " +
    "burpsuite burpcollaborator nmap nse-scanner zmeu muieblackcat morfeus jorgee struts-pwn brutus sysscan " +
    "cgichk datacha0s n-stealth nsauditor paros safexplorer scanbot webtrends-scan bilbo internet-explorer-exploit " +
    "l9explore l9tcpid l9scan crawlergo vulnx openvas-vt cobaltstrike metasploit metasploitable hexometer-attack"
  ).split(" "),
);

/** Those that survey the whole internet for research or sale, which hurts nobody by itself. */
export const surveyTools: ReadonlySet<string> = new Set(
  "masscan zgrab censysinspect censys shodan leakix internetmeasurement internet-measurement expanse netsystemsresearch detectify odin researchscan".split(
    " ",
  ),
);

/** User agents of several words. */
export const attackPhrases: readonly string[] = [
  "fuzz faster u fool",
  "nmap scripting engine",
  "absinthe",
  "sql power injector",
  "mozilla/4.0 (hydra",
  "mozilla/5.0 (hydra",
];

/** Texts that scanners send to find them again, with who does. */
export const probeTexts: readonly (readonly [text: string, tool: string])[] = [
  ["acunetix", "Acunetix"],
  ["netsparker", "Netsparker"],
  ["appscan_fingerprint", "AppScan"],
  ["vulnweb.com", "Acunetix"],
  ["bxss.me", "Acunetix"],
  ["cirt.net/rfiinc", "Nikto"],
  ["nikto-test", "Nikto"],
  ["nessus-", "Nessus"],
  ["w3af.org", "w3af"],
  ["qualysguard", "Qualys"],
  ["nuclei-template", "Nuclei"],
  ["projectdiscovery.io", "Nuclei"],
  ["r87.me", "Netsparker"],
  ["r87.com", "Netsparker"],
  ["sqlmap.org", "sqlmap"],
];

/**
 * Whether a name made of ordinary characters may steer what an application does with its value:
 * operators of document databases (`$ne`, `user[$gt]`), lookups of object mappers
 * (`user__password__startswith`), prototypes of JavaScript, class loaders and packages of Java,
 * headers that replace the method of the request.
 * Such names are fields of their own, as names with odd characters are.
 */
export function isSteeringName(name: string): boolean {
  return (
    name.includes("$") ||
    name.includes("__") ||
    name.includes("prototype") ||
    name.includes("classLoader") ||
    name.includes("ProcessBuilder") ||
    name.endsWith("-method-override") ||
    name === "x-http-method" ||
    isJavaName(name)
  );
}

/** The same for a key of JSON, from its first character: keys are many, and such keys are few. */
export function isSteeringKey(key: string): boolean {
  switch (key.charCodeAt(0)) {
    case 0x24:
    case 0x5f:
      return isSteeringName(key);
    case 0x70:
      return key === "prototype";
    case 0x50:
      return key.startsWith("ProcessBuilder");
    case 0x63:
    case 0x6a:
    case 0x6f:
      return isJavaName(key);
    default:
      return false;
  }
}

function isJavaName(name: string): boolean {
  return javaPackages.some((prefix) => name.startsWith(prefix));
}

const javaPackages: readonly string[] = [
  "java.",
  "javax.",
  "org.apache.",
  "org.omg.",
  "com.sun.",
  "com.opensymphony.",
];

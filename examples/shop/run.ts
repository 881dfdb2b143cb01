import { parseArgs } from "node:util";
import { createShop } from "./shop.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "3000" },
    file: { type: "string" },
    "lab-key": { type: "string" },
  },
});

const shop = createShop({
  ...(values.file === undefined ? {} : { file: values.file }),
  ...(values["lab-key"] === undefined ? {} : { labKey: values["lab-key"] }),
});
console.log(`The shop listens on ${await shop.listen(Number(values.port))}`);
process.once("SIGINT", () => void shop.close());
process.once("SIGTERM", () => void shop.close());

// Prism serves a public OpenAPI description: answers are its examples, so they are the same every time.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { getHttpOperationsFromSpec } = require("@stoplight/prism-cli/dist/operations");
const { createServer } = require("@stoplight/prism-http-server");
const { createLogger } = require("@stoplight/prism-core");

const description = require.resolve("@readme/oas-examples/3.0/json/petstore.json");
const server = createServer(await getHttpOperationsFromSpec(description), {
  components: { logger: createLogger("mock-api", { enabled: false }) },
  cors: true,
  config: {
    checkSecurity: true,
    validateRequest: true,
    validateResponse: true,
    mock: { dynamic: false },
    isProxy: false,
    errors: false,
  },
});
console.log(await server.listen(0, "127.0.0.1"));

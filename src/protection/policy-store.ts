/** The contract that storage drivers implement for what people changed of the policy at run time. */
export type { PolicyOverlay, PolicyStore } from "./policy.ts";

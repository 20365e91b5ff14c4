// The part of Observable Plot that is used: a chunk of its own.
export { barY, plot, ruleY } from "@observablehq/plot";

import { StoreFault } from "../ports/commit-store.js";

/** The code under which an error of work in the background is reported. */
export const faultCode = (error: unknown): string => (error instanceof StoreFault ? error.code : "bug");

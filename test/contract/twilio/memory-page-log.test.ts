import { describe } from "vitest";
import { createMemoryPageLog } from "../../support/memory/memory-page-log.js";
import { pageLogContract } from "./page-log.contract.js";

describe("pages in memory", () => pageLogContract(async () => createMemoryPageLog()));

import { describe } from "vitest";
import { createMemoryConversations } from "../../support/memory/memory-conversations.js";
import { conversationsContract } from "./conversations.contract.js";

describe("conversations in memory", () => conversationsContract(async () => createMemoryConversations()));

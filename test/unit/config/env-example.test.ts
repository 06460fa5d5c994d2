import { expect, test } from "vitest";
import { ENV, ENV_NAMES, type EnvName } from "../../../src/config/env.js";

const HEAD = `# Everything that Plantão reads from its environment. All of it is optional to begin with: without any of it the bot
# starts on an embedded store under ./data. Secrets may also come from a file, named by the variable with _FILE added.
`;

function blockOf(name: EnvName): string {
  const { purpose, example, fallback, secret } = ENV[name];
  const notes = [fallback === null ? null : `Unset: ${fallback}.`, secret ? `Or ${name}_FILE.` : null];
  const says = [purpose, ...notes.filter((note) => note !== null)].join(" ");
  return `# ${says}\n# ${name}=${example}\n`;
}

test(".env.example says what the table of variables says (run vitest with -u to write it anew)", async () => {
  const text = [HEAD, ...ENV_NAMES.map(blockOf)].join("\n");
  await expect(text).toMatchFileSnapshot("../../../.env.example");
});

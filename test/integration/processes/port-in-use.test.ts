// A start that cannot succeed must end, so that whoever supervises the process finds out.
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { createApp } from "../../../src/app.js";
import { loadCompanyData } from "../../../src/app-data.js";
import { readConfig } from "../../../src/config/read-config.js";

test("a port that is in use makes the start fail, and nothing stays behind that holds the data", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const dataDir = await mkdtemp(join(tmpdir(), "plantao-port-"));
  const appOn = async (port: number) => {
    const read = readConfig({ DATA_DIR: dataDir, PORT: String(port) });
    if (!read.ok) throw new Error("The configuration is not accepted.");
    return createApp(read.config, await loadCompanyData(read.config), { logStream: new PassThrough().resume() });
  };
  try {
    const refused = await appOn((other.address() as AddressInfo).port);
    await expect(refused.start()).rejects.toThrow("EADDRINUSE");
    // The store of the first is gone: it would keep a second one out.
    const next = await appOn(0);
    await next.start();
    await next.untilReady();
    await next.stop();
  } finally {
    other.close();
    await rm(dataDir, { recursive: true, force: true });
  }
});

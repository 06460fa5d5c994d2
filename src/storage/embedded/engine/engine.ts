// The parts of an open store, as the commands use them.
import { Catalog } from "./catalog.js";
import { Cursors } from "./cursors.js";
import { DocumentWriter } from "./document-writer.js";
import { type Environment, openEnvironment } from "./environment.js";
import { WriteQueue } from "./write-queue.js";

/** An open store. */
export interface Engine {
  env: Environment;
  catalog: Catalog;
  writes: WriteQueue;
  writer: DocumentWriter;
  cursors: Cursors;
}

/** Opens the data files of a directory. */
export async function openEngine(dataDir: string): Promise<Engine> {
  const env = openEnvironment(dataDir);
  const catalog = new Catalog(env);
  const engine: Engine = {
    env,
    catalog,
    writes: new WriteQueue(env, catalog),
    writer: new DocumentWriter(env),
    cursors: new Cursors(),
  };
  await clearAbandonedIndexes(engine);
  return engine;
}

/** Finishes what is under way and closes the files. */
export async function closeEngine(engine: Engine): Promise<void> {
  await engine.cursors.closeAll();
  await engine.writes.close();
  await engine.env.close();
}

async function clearAbandonedIndexes({ catalog, writes, writer }: Engine): Promise<void> {
  const abandoned = catalog.takeAbandoned();
  if (abandoned.length === 0) return;
  await writes.run((scope) => {
    for (const index of abandoned) writer.clearIndex(index);
    for (const collection of catalog.all()) scope.touch(collection);
  });
}

// A process of its own that runs the jobs and says each tick on stdout: `<job> <instant>`.
import { startJobs } from "../../../src/jobs/start-jobs.js";
import { connectMongo } from "../../../src/storage/connect-mongo.js";

const [uri = "", processName = ""] = process.argv.slice(2);
const store = connectMongo({ uri });
await store.untilReady();
const { db } = store.connection;
if (db === undefined) throw new Error("The store is not connected.");
const say = (job: string) => async () => void process.stdout.write(`${job} ${Date.now()}\n`);
await startJobs({
  db,
  processName,
  handlers: {
    "clock.tick": say("clock.tick"),
    "effects.sweep": say("effects.sweep"),
    "duties.tick": say("duties.tick"),
  },
  onFault: (job, err) => process.stderr.write(`${job}: ${String(err)}\n`),
});
process.stdout.write(`started ${Date.now()}\n`);

// Records in the incident what became of a message to customers, once the outcome of every recipient is known.
import type { CommandId } from "../domain/incident/ids.js";
import type { CustomerDelivery } from "../ports/customer-delivery.js";
import type { Reporter } from "../ports/reporter.js";
import type { Corridor } from "./commit-command.js";
import { faultCode } from "./fault-code.js";

const BATCH = 50;

/** Makes the duty; it answers how many messages it reported. */
export const makeReportDeliveries = ({
  delivery,
  corridor,
  reporter,
}: {
  readonly delivery: CustomerDelivery | null;
  readonly corridor: Corridor;
  readonly reporter: Reporter;
}): (() => Promise<number>) => {
  const report = async (delivery: CustomerDelivery): Promise<number> => {
    let reported = 0;
    for (const { incidentId, notice, waiting, tally } of await delivery.underWay(BATCH)) {
      if (waiting > 0) continue;
      const command = { type: "record-sent", number: notice, tally } as const;
      const result = await corridor.change(incidentId, command, `sent:${incidentId}:${notice}` as CommandId, {
        actor: { kind: "system", name: "delivery" },
        admin: false,
        door: "delivery",
      });
      // A record that is closed by now takes no more events; the figures stay with the delivery.
      if (result.kind === "fault") continue;
      await delivery.finish(incidentId, notice);
      reported += 1;
    }
    return reported;
  };

  return async () => {
    if (delivery === null) return 0;
    try {
      return await report(delivery);
    } catch (err) {
      reporter.storeFailed({ what: "report-deliveries", code: faultCode(err), err });
      return 0;
    }
  };
};

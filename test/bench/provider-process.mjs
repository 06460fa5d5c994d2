// The stand-ins of the providers in a process of their own, so that they cost the measured processes nothing.
import { startSendGridSandbox } from "../../dist/sandbox/sendgrid/sendgrid-sandbox.js";
import { startTwilioSandbox } from "../../dist/sandbox/twilio/twilio-sandbox.js";

const sendgrid = await startSendGridSandbox({ lean: true, requestsPerMinute: 1_000_000 });
const twilio = await startTwilioSandbox({ lean: true });
process.send?.({
  sendgrid: { url: sendgrid.url, apiKey: sendgrid.apiKey },
  twilio: {
    url: twilio.url,
    accountSid: twilio.accountSid,
    authToken: twilio.authToken,
    service: twilio.services[0]?.sid,
  },
});
process.once("SIGTERM", () => {
  void Promise.all([sendgrid.stop(), twilio.stop()]).then(() => process.exit());
});

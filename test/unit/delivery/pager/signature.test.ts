import { expect, test } from "vitest";
import { isSigned } from "../../../../src/delivery/twilio/verify-signature.js";

// The example of twilio.com/docs/usage/webhooks/webhooks-security.
const TOKEN = "12345";
const URL = "https://mycompany.com/myapp.php?foo=1&bar=2";
const FIELDS = {
  CallSid: "CA1234567890ABCDE",
  Caller: "+14158675309",
  Digits: "1234",
  From: "+14158675309",
  To: "+18005551212",
};
const SIGNATURE = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";

test("Twilio's published example is signed", async () => {
  expect(await isSigned(TOKEN, SIGNATURE, URL, FIELDS)).toBe(true);
});

test.each([
  ["another token", "12346", SIGNATURE, URL, FIELDS],
  ["another signature", TOKEN, SIGNATURE.replace("R", "S"), URL, FIELDS],
  ["an empty signature", TOKEN, "", URL, FIELDS],
  ["another field", TOKEN, SIGNATURE, URL, { ...FIELDS, Digits: "1" }],
  ["one more field", TOKEN, SIGNATURE, URL, { ...FIELDS, Extra: "" }],
  ["another query", TOKEN, SIGNATURE, `${URL}3`, FIELDS],
  ["another host", TOKEN, SIGNATURE, URL.replace("mycompany", "theircompany"), FIELDS],
  ["a relative address", TOKEN, SIGNATURE, "/myapp.php?foo=1&bar=2", FIELDS],
  ["no address", TOKEN, SIGNATURE, "", FIELDS],
])("%s is not", async (_, token, signature, url, fields) => {
  expect(await isSigned(token, signature, url, fields)).toBe(false);
});

// The load generator: a fixed number of requests over keep-alive connections, each lane sending its next request when
// the previous one is answered.
import { createHmac } from "node:crypto";
import { Agent, request } from "node:http";

let triggers = 0;

/** Slash commands as Slack sends them, signed beforehand so that signing costs the measured time nothing. */
export function signedCommands(count, { secret, userId, channelId, textOf }) {
  const timestamp = String(Math.floor(Date.now() / 1000));
  return Array.from({ length: count }, (_, index) => {
    triggers += 1;
    const body = new URLSearchParams({
      token: "gIkuvaNzQIHg97ATvDxqgjtO",
      team_id: "T0001",
      team_domain: "cubo",
      channel_id: channelId,
      channel_name: "geral",
      user_id: userId,
      user_name: "ana",
      command: "/incident",
      text: textOf(index),
      api_app_id: "A0001",
      is_enterprise_install: "false",
      response_url: "http://127.0.0.1:1/commands/T0001/1/x",
      trigger_id: `${process.pid}.${Date.now()}.${triggers}`,
    }).toString();
    const signature = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
    return {
      body,
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "content-length": Buffer.byteLength(body),
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": `v0=${signature}`,
      },
    };
  });
}

/** Sends all requests and tells the latencies in milliseconds and the rate; an unexpected answer is an error. */
export async function sendAll(url, requests, { concurrency, isExpected }) {
  const { hostname, port, pathname } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const latencies = new Float64Array(requests.length);
  const answers = [];
  let next = 0;
  const lane = async () => {
    while (next < requests.length) {
      const index = next++;
      const sentAt = performance.now();
      const answer = await post({ agent, hostname, port, path: pathname, ...requests[index] });
      latencies[index] = performance.now() - sentAt;
      if (!isExpected(answer)) throw new Error(`Unexpected answer ${answer.status}: ${answer.text.slice(0, 300)}`);
      answers.push(answer);
    }
  };
  const startedAt = performance.now();
  try {
    await Promise.all(Array.from({ length: concurrency }, lane));
  } finally {
    agent.destroy();
  }
  return { latencies, perSecond: (requests.length * 1000) / (performance.now() - startedAt), answers };
}

/** Calls a function over and over from several lanes, and tells the latencies in milliseconds. */
export async function callAll(count, concurrency, call) {
  const latencies = new Float64Array(count);
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const index = next++;
      const startedAt = performance.now();
      await call(index);
      latencies[index] = performance.now() - startedAt;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return latencies;
}

function post({ agent, hostname, port, path, headers, body }) {
  return new Promise((resolve, reject) => {
    const sent = request({ agent, hostname, port, path, method: "POST", headers }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode, text }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

// Calls: checked as Twilio checks them, rung at the phone, held with the bot, with a status callback for each step.
import { type Account, habitsOf, note, stepMs } from "./account.js";
import { converse } from "./call-flow.js";
import { readCall } from "./call-form.js";
import { type CallLine, hurry, markIdle, openCallLine, whenIdle } from "./call-line.js";
import { field } from "./form.js";
import { type AnsweredBy, apiVersion, type CallRecord, type CallStatus } from "./records.js";
import { notOffered, TwilioRefusal } from "./refusal.js";
import { type Fields, postFields, postStatus } from "./webhook.js";

/** Calls of the account. */
export interface CallDesk {
  /** Queues a call, or throws the refusal. */
  create(form: URLSearchParams): CallRecord;
  /** Changes a call that is under way, or throws the refusal. */
  update(call: CallRecord, form: URLSearchParams): void;
  /** Somebody or something picks up; resolves when the bot has said what it has to say. */
  pickUp(call: CallRecord, by: AnsweredBy): Promise<void>;
  /** Ends a call. */
  end(call: CallRecord, status: CallStatus): void;
  lineOf(call: CallRecord): CallLine | undefined;
  /** Ends every call, without callbacks. */
  stop(): void;
}

interface CallRoom {
  readonly account: Account;
  readonly lines: Map<string, CallLine>;
  nextStartAt: number;
}

/** Opens the desk. */
export function createCallDesk(account: Account): CallDesk {
  const room: CallRoom = { account, lines: new Map(), nextStartAt: 0 };
  return {
    create(form) {
      const call = readCall(account, form);
      const line = openCallLine(call);
      account.calls.set(call.sid, call);
      room.lines.set(call.sid, line);
      note(account, { kind: "request", what: "accepted", sid: call.sid, number: call.to });
      void account.line.track(ring(room, line));
      return call;
    },
    update: (call, form) => update(room, call, form),
    pickUp: (call, by) => pickUp(room, call, by),
    end: (call, status) => end(room, call, status),
    lineOf: (call) => room.lines.get(call.sid),
    stop() {
      for (const line of room.lines.values()) {
        line.over.abort();
        markIdle(line);
      }
      room.lines.clear();
    },
  };
}

async function ring(room: CallRoom, line: CallLine): Promise<void> {
  const { account } = room;
  const { call } = line;
  await account.line.pause(startMs(room) + stepMs(account));
  if (line.over.signal.aborted) return;
  change(account, call, "initiated");
  tell(account, line, "initiated");
  await account.line.pause(stepMs(account));
  if (line.over.signal.aborted) return;
  call.startedAt = account.now();
  change(account, call, "ringing");
  tell(account, line, "ringing");
  // Ringing may last for minutes of real time, and nothing waits for it.
  const stopRinging = (): void => {
    if (call.status === "ringing") end(room, call, "no-answer");
  };
  const timer = setTimeout(stopRinging, call.ringSeconds * account.secondMs);
  line.over.signal.addEventListener("abort", () => clearTimeout(timer));
  followHabit(room, call);
}

/** How long a call waits for those that begin before it. */
function startMs(room: CallRoom): number {
  const { callsPerSecond } = room.account;
  if (callsPerSecond === undefined) return 0;
  const now = Date.now();
  const start = Math.max(now, room.nextStartAt);
  room.nextStartAt = start + 1000 / callsPerSecond;
  return start - now;
}

function followHabit(room: CallRoom, call: CallRecord): void {
  const { calls, heardAs } = habitsOf(room.account, call.to);
  if (calls === "answers") void room.account.line.track(pickUp(room, call, heardAs));
  if (calls === "voicemail") void room.account.line.track(pickUp(room, call, "machine_start"));
  if (calls === "busy" || calls === "no-answer") end(room, call, calls);
  if (calls === "unreachable") end(room, call, "failed");
}

async function pickUp(room: CallRoom, call: CallRecord, by: AnsweredBy): Promise<void> {
  const { account } = room;
  const line = room.lines.get(call.sid);
  if (!line || call.status !== "ringing") throw new Error(`The call ${call.sid} is not ringing: it is ${call.status}`);
  call.answeredAt = account.now();
  line.busy = true;
  if (call.detection && !call.detection.async) call.answeredBy = by;
  change(account, call, "in-progress");
  tell(account, line, "answered");
  void account.line.track(detect(account, line, by));
  void talk(room, line);
  await whenIdle(line);
}

async function talk(room: CallRoom, line: CallLine): Promise<void> {
  const { account } = room;
  const callFields = (): Fields => fieldsOf(account, line.call);
  await converse({ account, line, callFields });
  if (!line.over.signal.aborted) end(room, line.call, "completed");
}

async function detect(account: Account, { call, over }: CallLine, by: AnsweredBy): Promise<void> {
  if (!call.detection?.async) return;
  await account.line.pause(stepMs(account));
  if (over.signal.aborted) return;
  call.answeredBy = by;
  const { callback } = call.detection;
  const told = { AnsweredBy: by, MachineDetectionDuration: "2000" };
  if (callback) await postFields(account, callback, { CallSid: call.sid, AccountSid: account.sid, ...told });
}

function end(room: CallRoom, call: CallRecord, status: CallStatus): void {
  const { account } = room;
  const line = room.lines.get(call.sid);
  if (!line) return;
  room.lines.delete(call.sid);
  call.endedAt = account.now();
  change(account, call, status);
  line.over.abort();
  markIdle(line);
  tell(account, line, "completed");
  void account.line.track(release(account, line));
}

function change(account: Account, call: CallRecord, status: CallStatus): void {
  call.status = status;
  call.updatedAt = account.now();
  note(account, { kind: "call", what: status, sid: call.sid, number: call.to });
}

/** Sends the status callback of an event, if the bot asked for it. */
function tell(account: Account, line: CallLine, event: string): void {
  const { call } = line;
  if (call.statusCallback === undefined || !call.statusEvents.has(event)) return;
  const fields = {
    ...fieldsOf(account, call),
    CallbackSource: "call-progress-events",
    SequenceNumber: String(line.sequence),
    Timestamp: account.now().toUTCString(),
    ...(call.endedAt ? { CallDuration: String(talkSeconds(account, call)), Duration: "1" } : {}),
  };
  line.sequence += 1;
  if (account.orders.reordering) line.held.unshift(fields);
  else void account.line.track(postStatus(account, call.statusCallback, fields));
}

/** Sends what was held back to be sent in reverse order. */
async function release(account: Account, { call, held }: CallLine): Promise<void> {
  for (const fields of held.splice(0)) await postStatus(account, call.statusCallback ?? "", fields);
}

/** Seconds between picking up and the end, as the clock of the account has it. */
export function talkSeconds(account: Account, call: CallRecord): number {
  if (!call.answeredAt || !call.endedAt) return 0;
  return Math.ceil((call.endedAt.getTime() - call.answeredAt.getTime()) / account.secondMs);
}

function fieldsOf(account: Account, call: CallRecord): Fields {
  return {
    AccountSid: account.sid,
    ApiVersion: apiVersion,
    CallSid: call.sid,
    CallStatus: call.status,
    Called: call.to,
    Caller: call.from,
    Direction: "outbound-api",
    From: call.from,
    To: call.to,
    ...(call.answeredBy ? { AnsweredBy: call.answeredBy } : {}),
  };
}

function update(room: CallRoom, call: CallRecord, form: URLSearchParams): void {
  const status = field(form, "Status");
  const line = room.lines.get(call.sid);
  const url = field(form, "Url");
  const twiml = field(form, "Twiml");
  if (status !== undefined && status !== "completed" && status !== "canceled")
    throw new TwilioRefusal(21_218, `Invalid call state: ${status}`);
  if (!status && !url && !twiml) throw notOffered("this change of a call");
  if (!line) throw new TwilioRefusal(21_220, "Unable to update record. Call is not in-progress. Cannot redirect.");
  if (status === "canceled" && call.status === "in-progress")
    throw new TwilioRefusal(21_220, "Unable to update record. Call is in-progress and cannot be canceled.");
  if (status) {
    end(room, call, call.status === "in-progress" ? "completed" : "canceled");
    return;
  }
  if (call.status !== "in-progress")
    throw new TwilioRefusal(21_220, "Unable to update record. Call is not in-progress. Cannot redirect.");
  line.redirect = twiml === undefined ? { url: url ?? "" } : { twiml };
  hurry(line);
}

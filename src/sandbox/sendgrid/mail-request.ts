// A request to send mail, after it was found valid, in the words of SendGrid's JSON.

/** An address with an optional name. */
export interface MailAddress {
  readonly email: string;
  readonly name?: string;
}

/** Texts by name. */
export type Texts = Readonly<Record<string, string>>;

/** One copy of the mail with what is its own. */
export interface Personalization {
  readonly to: readonly MailAddress[];
  readonly cc?: readonly MailAddress[];
  readonly bcc?: readonly MailAddress[];
  readonly from?: MailAddress;
  readonly subject?: string;
  readonly headers?: Texts;
  readonly substitutions?: Texts;
  readonly custom_args?: Texts;
  readonly send_at?: number;
}

/** A setting that can be on. */
interface Switch {
  readonly enable?: boolean;
}

/** A valid request. */
export interface MailRequest {
  readonly personalizations: readonly Personalization[];
  readonly from: MailAddress;
  readonly reply_to?: MailAddress;
  readonly reply_to_list?: readonly MailAddress[];
  readonly subject?: string;
  readonly content: readonly { readonly type: string; readonly value: string }[];
  readonly attachments?: readonly { readonly filename: string; readonly type?: string; readonly content: string }[];
  readonly headers?: Texts;
  readonly categories?: readonly string[];
  readonly custom_args?: Texts;
  readonly send_at?: number;
  readonly mail_settings?: { readonly sandbox_mode?: Switch; readonly bypass_list_management?: Switch };
}

/** Everybody who gets a copy, in the order to, cc, bcc. */
export function recipientsOf({ to, cc = [], bcc = [] }: Personalization): readonly MailAddress[] {
  return cc.length + bcc.length === 0 ? to : [...to, ...cc, ...bcc];
}

/** The form of an address by which mailboxes are told apart. */
export function mailboxKey(email: string): string {
  return email.toLowerCase();
}

/** Why an e-mail address is not written to; null when it may be. */
export const mailAddressProblem = (address: string): string | null => {
  if (address.length <= MOST_CHARACTERS && ASCII_ADDRESS.test(address)) return null;
  if (UNPRINTABLE.test(address)) return "address_control_characters";
  return address.length <= MOST_CHARACTERS && PLAIN_ADDRESS.test(address) ? null : "address_invalid";
};

/** RFC 5321, section 4.5.3.1.3. */
const MOST_CHARACTERS = 254;
/** Control, format (bidirectional, zero-width) and separator characters: they hide a second header or another address. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
/** Nearly all addresses, told apart many times faster than the rule for all letters does. */
const ASCII_ADDRESS =
  /^[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{1,62}$/;
const PLAIN_ADDRESS =
  /^[^\s@<>()[\],;:"\\]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}[\p{L}\p{N}-]{1,62}$/u;

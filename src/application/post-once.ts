// Sends a message once: what was sent is remembered under its effect's key, and when an answer may have been lost the
// platform is asked before anything is sent again.
import type { ChatRooms, Post } from "../ports/chat-rooms.js";
import type { MessageRef, Places } from "../ports/places.js";

/** Sends a message unless it was sent before; the message in either case. */
export type PostOnce = (rooms: ChatRooms, post: Post) => Promise<MessageRef>;

/** Makes the function that sends once. */
export const makePostOnce =
  (places: Places): PostOnce =>
  async (rooms, post) => {
    const before = await places.sent(post.key);
    if (before !== null) return before;
    const message = await rooms.post(post);
    await places.recordSent(post.key, message);
    return message;
  };

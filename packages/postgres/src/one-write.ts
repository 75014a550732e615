import { Socket } from "node:net";

/**
 * A socket that sends what is written within one turn of the event loop in one system call. `pg` writes each statement by
 * itself, and the calls cost more than what is in them.
 */
export const oneWriteSocket = (): Socket => {
  const socket = new Socket();
  let held = false;
  const flush = (): void => {
    held = false;
    socket.uncork();
  };
  // Not before: connecting puts the usual `write` back.
  socket.once("connect", () => {
    socket.write = ((...args: Parameters<Socket["write"]>): boolean => {
      if (!held) {
        held = true;
        socket.cork();
        process.nextTick(flush);
      }
      return Socket.prototype.write.apply(socket, args);
    }) as Socket["write"];
  });
  return socket;
};

/** An error that smtp-server sends as this answer. */
export function answerWith(responseCode, text) {
  return Object.assign(new Error(text), { responseCode });
}

/** Cuts the client's connection without a word; smtp-server has no call for it, so we find the socket ourselves. */
export function dropConnection(server, session) {
  for (const connection of server.connections) {
    if (connection.session === session) connection._socket.destroy();
  }
}

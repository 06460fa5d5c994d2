/** A request that the Bot Connector refuses, with its status and its error code. */
export class ConnectorRefusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = "ConnectorRefusal";
    this.status = status;
    this.code = code;
  }
}

// Hands the guard's verdict to the SDK, whose own verification of incoming tokens is not used.

import type { Activity } from "botbuilder";
import {
  type AuthenticateRequestResult,
  AuthenticationConstants,
  AuthenticationError,
  BotFrameworkAuthentication,
  ClaimsIdentity,
  type ConnectorFactory,
  type UserTokenClient,
} from "botframework-connector";
import type { JWTPayload } from "jose";

const UNAUTHORIZED = 401;

/** Claims that the guard has verified, by the very object that was verified. */
export type VerifiedClaims = WeakMap<object, JWTPayload>;

/** Accepts what the guard let through, and nothing else. */
export class PreverifiedAuth extends BotFrameworkAuthentication {
  readonly #configured: BotFrameworkAuthentication;
  readonly #verified: VerifiedClaims;

  constructor(configured: BotFrameworkAuthentication, verified: VerifiedClaims) {
    super();
    this.#configured = configured;
    this.#verified = verified;
  }

  override async authenticateRequest(activity: Activity): Promise<AuthenticateRequestResult> {
    const claims = this.#verified.get(activity);
    if (claims === undefined) throw new AuthenticationError("The activity was not verified.", UNAUTHORIZED);
    const claimsIdentity = new ClaimsIdentity(
      Object.entries(claims).map(([type, value]) => ({ type, value: String(value) })),
      true,
    );
    return {
      audience: AuthenticationConstants.ToChannelFromBotOAuthScope,
      callerId: AuthenticationConstants.ToBotFromChannelTokenIssuer,
      claimsIdentity,
      connectorFactory: this.createConnectorFactory(claimsIdentity),
    };
  }

  override authenticateStreamingRequest(): Promise<AuthenticateRequestResult> {
    return Promise.reject(new AuthenticationError("Streaming is not served.", UNAUTHORIZED));
  }

  override authenticateChannelRequest(): Promise<ClaimsIdentity> {
    return Promise.reject(new AuthenticationError("The bot is no channel.", UNAUTHORIZED));
  }

  override createConnectorFactory(claimsIdentity: ClaimsIdentity): ConnectorFactory {
    return this.#configured.createConnectorFactory(claimsIdentity);
  }

  override createUserTokenClient(claimsIdentity: ClaimsIdentity): Promise<UserTokenClient> {
    return this.#configured.createUserTokenClient(claimsIdentity);
  }
}

import { property, stringOrNull } from './json';

/** Why a request to the server gave no answer, or only a part of one. */
export type Failure =
  /** The browser itself has no network. */
  | { readonly kind: 'offline' }
  /** Nothing answered at the server's address. */
  | { readonly kind: 'unreachable' }
  /** The server is up, its model is not; it said when to ask again. */
  | { readonly kind: 'not-ready'; readonly retryAfterSeconds: number }
  /** Too many requests wait already. */
  | { readonly kind: 'busy' }
  /** The conversation does not fit into the model's context window. */
  | { readonly kind: 'too-long' }
  /** The reply had begun, and the connection broke. */
  | { readonly kind: 'connection-lost' }
  /** The server serves no model at all. */
  | { readonly kind: 'no-model' }
  /** Any other refusal, with the server's own words where it had some. */
  | { readonly kind: 'refused'; readonly message: string | null };

/** Carries a {@link Failure} up to where it is shown. */
export class RequestFailed extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.kind);
    this.name = 'RequestFailed';
    this.failure = failure;
  }
}

/** The failure that an error carries; an error of any other kind is a refusal without words. */
export function failureOf(error: unknown): Failure {
  return error instanceof RequestFailed ? error.failure : { kind: 'refused', message: null };
}

/** Reads the `error` of an OpenAI error envelope, as it stands in a response body or in an event of a stream. */
export function failureOfError(error: unknown): Failure {
  if (property(error, 'code') === 'context_length_exceeded') {
    return { kind: 'too-long' };
  }
  return { kind: 'refused', message: stringOrNull(property(error, 'message')) };
}

/** Reads the failure from a response whose status is not a success. */
export async function failureOfResponse(response: Response): Promise<Failure> {
  if (response.status === 429) {
    return { kind: 'busy' };
  }
  const retryAfterSeconds = Number(response.headers.get('Retry-After') ?? NaN);
  if (response.status === 503 && retryAfterSeconds >= 0) {
    return { kind: 'not-ready', retryAfterSeconds: Math.min(Math.max(retryAfterSeconds, 1), 60) };
  }
  const body: unknown = await response.json().catch(() => null);
  return failureOfError(property(body, 'error'));
}

import { property, stringOrNull } from './json';

/** Why a request to the server gave no answer, or only a part of one. */
export type Failure =
  /** The browser itself has no network. */
  | { readonly kind: 'offline' }
  /** Nothing answered at the server's address. */
  | { readonly kind: 'unreachable' }
  /** The server is up, its model is not; it said when to ask again. */
  | { readonly kind: 'not-ready'; readonly retryAfterSeconds: number }
  /** Too many requests wait already; the server may have said when to ask again. */
  | { readonly kind: 'busy'; readonly retryAfterSeconds: number }
  /** The server asks for a key, or takes this one no longer. */
  | { readonly kind: 'signed-out' }
  /** The key does not allow it. */
  | { readonly kind: 'forbidden' }
  /** What the request names is not there, or is another's. */
  | { readonly kind: 'not-found' }
  /** The message does not fit into the model's context window. */
  | { readonly kind: 'too-long' }
  /** Another reply is written in this conversation. */
  | { readonly kind: 'reply-running' }
  /** Somebody changed it in the meantime. */
  | { readonly kind: 'changed' }
  /** The reply had begun, and the connection broke for longer than the page was willing to try. */
  | { readonly kind: 'connection-lost' }
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

const KINDS: Readonly<Record<string, Failure>> = {
  context_length_exceeded: { kind: 'too-long' },
  reply_running: { kind: 'reply-running' },
  changed_meanwhile: { kind: 'changed' },
};

/** Reads the `error` of an OpenAI error envelope, as it stands in a response body or in an event of a stream. */
export function failureOfError(error: unknown): Failure {
  const known = KINDS[stringOrNull(property(error, 'code')) ?? ''];
  return known ?? { kind: 'refused', message: stringOrNull(property(error, 'message')) };
}

/** Used where the server gives no time, or one that cannot be right. */
const RETRY_SECONDS = 3;
const MAX_RETRY_SECONDS = 60;

/** Reads the failure from a response whose status is not a success. */
export async function failureOfResponse(response: Response): Promise<Failure> {
  switch (response.status) {
    case 401:
      return { kind: 'signed-out' };
    case 403:
      return { kind: 'forbidden' };
    case 404:
      return { kind: 'not-found' };
    case 429:
      return { kind: 'busy', retryAfterSeconds: retryAfterSeconds(response) };
    case 503:
      return { kind: 'not-ready', retryAfterSeconds: retryAfterSeconds(response) };
    // A proxy before the server, which has lost it.
    case 502:
    case 504:
      return { kind: 'unreachable' };
  }
  const body: unknown = await response.json().catch(() => null);
  return failureOfError(property(body, 'error'));
}

function retryAfterSeconds(response: Response): number {
  const seconds = Number(response.headers.get('Retry-After') ?? NaN);
  return seconds >= 0 ? Math.min(Math.max(seconds, 1), MAX_RETRY_SECONDS) : RETRY_SECONDS;
}

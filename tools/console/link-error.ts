import { ColdrailError } from '../errors/error.ts';

/** What a request could not do although the tracker refused nothing. */
export type LinkFailure = 'silent' | 'closed' | 'damaged';

/** The line to the tracker failed; nothing is known of the last request. */
export class LinkError extends ColdrailError {
  readonly failure: LinkFailure;

  constructor(failure: LinkFailure) {
    super(`link.${failure}`);
    this.failure = failure;
  }
}

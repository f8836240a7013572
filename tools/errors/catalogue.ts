/**
 * Every error that a person can meet on the host: an id, a sentence, and what to do next. `{name}` is filled in where
 * the error is raised. Exit code 2 is wrong use (the command line or a file given to it), 1 a failure.
 * docs/errors.md is generated from here.
 */
export interface CatalogueEntry {
  readonly sentence: string;
  readonly remedy: string;
  readonly exit: 1 | 2;
}

export const catalogue = {
  'usage.unknown-option': {
    sentence: '{detail}.',
    remedy: 'Run the command with --help to see what it takes.',
    exit: 2,
  },
  'host.unexpected': {
    sentence: 'Something failed that no error here describes: {detail}.',
    remedy: 'Please report it with the command line that you used; COLDRAIL_DEBUG=1 prints where it happened.',
    exit: 1,
  },
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorId = keyof typeof catalogue;

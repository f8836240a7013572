import type { CommandForm } from '../at-line.ts';
import type { Call } from '../call.ts';
import type { Running } from '../running.ts';

export type Handler = (modem: Running, call: Call) => void;

/** What a command does in each of its forms. A form that is missing answers ERROR, except the test form: OK. */
export type Command = Partial<Record<CommandForm, Handler>>;

export type CommandTable = Readonly<Record<string, Command>>;

/** A command that is accepted and changes nothing in the model. */
export const accepted: Handler = (_modem, call) => call.ok();

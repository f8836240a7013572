/**
 * Let go of the parts of the program that are kept once they are made (tools/build/split.ts): those of the radio. They are made
 * anew when they are used again. The build fills this in; where the program is not in parts there is nothing to do.
 */
export function forgetParts(): void {}

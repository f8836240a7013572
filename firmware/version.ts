/** The version of the firmware, as package.json has it. */
export const VERSION = '0.2.0';

/**
 * An input pin with a pull-up, on the board or in the processor.
 *
 * Contract: `isHigh` tells the level of this moment and blocks for less than 1 ms. A pin with nothing on it is high.
 */
export interface DigitalInput {
  isHigh(): boolean;
}

/**
 * How far a tracker's clock may run from true time. It counts the chip's RC oscillator while the board sleeps, which is
 * nearly always, and a crystal while it is awake. As of 2026-11, and all of it assumptions: Espressif gives no figure
 * ("frequency stability is affected by temperature fluctuations", ESP-IDF, System Time) and calibrates at each boot.
 * Users report 20 minutes in 15 hours of deep sleep (arduino-esp32 #7084), which is 2.2 %, and half an hour in 10 hours on
 * the forum, which is 5 %.
 */

/** The most by which a rate that was never measured is off. */
export const UNMEASURED = 0.05;

/**
 * The most by which the rate changes from where it was measured: 60 K, as from a yard in autumn to the steppe in winter,
 * at 0.05 % a kelvin.
 */
export const CHANGE = 0.03;

/** A rate is measured where the bounds of the anchors that it is taken from leave it this certain. */
export const MEASURED = 0.002;

/** No oscillator is off by this much: two anchors between which a clock would have to be contradict each other. */
export const IMPOSSIBLE = 0.2;

/** Saturation vapour pressure over water, hPa (Magnus, WMO-No. 8); a sensor below freezing reports over water too. */
export function saturationHpa(celsius: number): number {
  return 6.112 * Math.exp((17.62 * celsius) / (243.12 + celsius));
}

/** Relative humidity of air at `celsius` that holds `vapourHpa`, in 0 to 100. */
export function relativeHumidityPct(vapourHpa: number, celsius: number): number {
  return Math.min(100, Math.max(0, (100 * vapourHpa) / saturationHpa(celsius)));
}

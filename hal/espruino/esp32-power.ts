import type { Power } from '../power.ts';

const WAKEUP_TIMER = 4; // esp_sleep_wakeup_cause_t, ESP-IDF

export const esp32Power: Power = {
  wakeCause: () => (ESP32.getWakeupCause() === WAKEUP_TIMER ? 'timer' : 'power-on'),
  sleep: (seconds) => {
    ESP32.deepSleep(Math.floor(seconds * 1000000));
  },
  restart: () => {
    E.reboot();
  },
};

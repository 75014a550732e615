import { useEffect, useState } from "react";

/** Whole seconds until a deadline (epoch milliseconds of this machine), counted down; 0 without one or when it is past. */
export const useCountdown = (deadline: number | null): number => {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (deadline === null) return;
    setNow(Date.now());
    const timer = window.setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= deadline) window.clearInterval(timer);
    }, 250);
    return () => window.clearInterval(timer);
  }, [deadline]);
  return deadline === null ? 0 : Math.max(0, Math.ceil((deadline - now) / 1000));
};

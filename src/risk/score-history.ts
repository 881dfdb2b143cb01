import type { Endpoint } from "../model/endpoint.ts";
import type { ScorePoint } from "./finding-store.ts";

/** Writes down scores when they change, seldom enough that years of it stay small. */
export interface ScoreHistory {
  /** The points to add now. */
  take(endpoints: readonly Endpoint[], nowMs: number): readonly ScorePoint[];
}

/** Subject of the sum over all endpoints. */
export const totalSubject = "*";

/** A score that wavers leaves one point in so long; what is more than a wave is written at once. */
const pauseMs = 10 * 60_000;
const waveMax = 4;
const subjectsMax = 20_000;

/** Goes on from the newest point of every subject. */
export function createScoreHistory(latest: readonly ScorePoint[]): ScoreHistory {
  const last = new Map(latest.map((point) => [point.subject, point]));

  const isNews = (subject: string, score: number, nowMs: number): boolean => {
    const known = last.get(subject);
    if (known === undefined) return last.size < subjectsMax;
    const change = Math.abs(known.score - score);
    return change > waveMax || (change > 0 && nowMs - known.timeMs >= pauseMs);
  };

  return {
    take(endpoints, nowMs) {
      const total = endpoints.reduce((sum, { risk }) => sum + risk.score, 0);
      const current = [
        { subject: totalSubject, score: total },
        ...endpoints.map(({ id, risk }) => ({ subject: id, score: risk.score })),
      ];
      const points = current
        .filter(({ subject, score }) => isNews(subject, score, nowMs))
        .map((point) => ({ ...point, timeMs: nowMs }));
      for (const point of points) last.set(point.subject, point);
      return points;
    },
  };
}

import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { ComplianceView, FindingPage, RiskView } from "../../src/console/contract.ts";
import { get } from "./client.ts";

export function useFindings(search: string): UseQueryResult<FindingPage> {
  return useQuery({
    queryKey: ["findings", search],
    queryFn: () => get<FindingPage>(`/api/findings?${search}`),
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  });
}

/** Of everything, or of one endpoint. */
export function useRisk(endpointId?: string): UseQueryResult<RiskView> {
  const path = endpointId === undefined ? "" : `/${encodeURIComponent(endpointId)}`;
  return useQuery({
    queryKey: ["risk", endpointId ?? ""],
    queryFn: () => get<RiskView>(`/api/risk${path}`),
    refetchInterval: 10_000,
  });
}

export function useCompliance(): UseQueryResult<ComplianceView> {
  return useQuery({
    queryKey: ["compliance"],
    queryFn: () => get<ComplianceView>("/api/compliance"),
    refetchInterval: 30_000,
  });
}

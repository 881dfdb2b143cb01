import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import type {
  DecisionDetail,
  DecisionList,
  EndpointSummary,
  EndpointView,
  EventList,
  HostsView,
  IncidentList,
  Overview,
  Page,
  PolicyView,
  ServiceList,
  SessionView,
  SpecificationList,
  TemplateView,
} from "../../src/console/contract.ts";
import type { Incident } from "../../src/model/incident.ts";
import { ApiError, get, keepSession } from "./client.ts";

export function useSession(): UseQueryResult<SessionView | null> {
  return useQuery({
    queryKey: ["session"],
    queryFn: async () => {
      try {
        return keepSession(await get<SessionView>("/api/session"));
      } catch (error) {
        if (error instanceof ApiError && error.status === 401) return null;
        throw error;
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useOverview(): UseQueryResult<Overview> {
  return useQuery({ queryKey: ["overview"], queryFn: () => get<Overview>("/api/overview") });
}

export function useEndpoints(search: string): UseQueryResult<Page<EndpointSummary>> {
  return useQuery({
    queryKey: ["endpoints", search],
    queryFn: () => get<Page<EndpointSummary>>(`/api/endpoints?${search}`),
    placeholderData: keepPreviousData,
    refetchInterval: 5_000,
  });
}

export function useEndpoint(id: string): UseQueryResult<EndpointView> {
  return useQuery({
    queryKey: ["endpoint", id],
    queryFn: () => get<EndpointView>(`/api/endpoints/${encodeURIComponent(id)}`),
    refetchInterval: 5_000,
  });
}

export function useTemplate(id: string): UseQueryResult<TemplateView> {
  return useQuery({
    queryKey: ["template", id],
    queryFn: () => get<TemplateView>(`/api/endpoints/${encodeURIComponent(id)}/template`),
  });
}

export function useEvents(search: string): UseQueryResult<EventList> {
  return useQuery({
    queryKey: ["events", search],
    queryFn: () => get<EventList>(`/api/events?${search}`),
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  });
}

export function useServices(): UseQueryResult<ServiceList> {
  return useQuery({
    queryKey: ["services"],
    queryFn: () => get<ServiceList>("/api/services"),
    refetchInterval: 10_000,
  });
}

export function useHosts(): UseQueryResult<HostsView> {
  return useQuery({ queryKey: ["hosts"], queryFn: () => get<HostsView>("/api/hosts") });
}

export function useSpecifications(): UseQueryResult<SpecificationList> {
  return useQuery({
    queryKey: ["specifications"],
    queryFn: () => get<SpecificationList>("/api/specifications"),
  });
}

export function useDecisions(search: string): UseQueryResult<DecisionList> {
  return useQuery({
    queryKey: ["decisions", search],
    queryFn: () => get<DecisionList>(`/api/decisions?${search}`),
    placeholderData: keepPreviousData,
    refetchInterval: 5_000,
  });
}

export function useDecision(id: string): UseQueryResult<DecisionDetail> {
  return useQuery({
    queryKey: ["decision", id],
    queryFn: () => get<DecisionDetail>(`/api/decisions/${encodeURIComponent(id)}`),
  });
}

export function useIncidents(): UseQueryResult<IncidentList> {
  return useQuery({
    queryKey: ["incidents"],
    queryFn: () => get<IncidentList>("/api/incidents?limit=100"),
    refetchInterval: 5_000,
  });
}

export function useIncident(id: string): UseQueryResult<Incident> {
  return useQuery({
    queryKey: ["incident", id],
    queryFn: () => get<Incident>(`/api/incidents/${encodeURIComponent(id)}`),
    refetchInterval: 5_000,
  });
}

export function usePolicy(): UseQueryResult<PolicyView> {
  return useQuery({
    queryKey: ["policy"],
    queryFn: () => get<PolicyView>("/api/policy"),
    refetchInterval: 10_000,
  });
}

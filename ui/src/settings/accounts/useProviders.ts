/** What the server knows of each provider: everything that differs between them on screen comes from here. */
import { useQuery } from "@tanstack/react-query";
import { listProviders } from "../../api/settings-calls";
import type { Provider } from "../../api/settings-types";

export const useProviders = () =>
  useQuery({ queryKey: ["providers"], queryFn: listProviders, staleTime: Number.POSITIVE_INFINITY });

export const labelOf = (providers: readonly Provider[] | undefined, name: string): string =>
  providers?.find((one) => one.name === name)?.label ?? name;

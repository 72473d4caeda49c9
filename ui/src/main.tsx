/** Starts the desktop. */
import "./app/tokens.css";
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { createRoot } from "react-dom/client";
import { cssVariables, theme } from "./app/mantine";
import "./app/base.css";
import { ApiError, whenSignedOut } from "./api/client";
import { toSignIn } from "./api/session";
import { router } from "./app/router";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) => failures < 2 && !(error instanceof ApiError && error.status < 500),
    },
  },
});

whenSignedOut(toSignIn);

// After an upgrade the pieces of the old build are gone: take the new page, but never twice in a row.
window.addEventListener("vite:preloadError", () => {
  const last = Number(sessionStorage.getItem("answerback-reloaded") ?? 0);
  if (Date.now() - last < 30_000) return;
  sessionStorage.setItem("answerback-reloaded", String(Date.now()));
  window.location.reload();
});

const place = document.getElementById("root");
if (!place) throw new Error("index.html has no #root");
createRoot(place).render(
  <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </MantineProvider>,
);

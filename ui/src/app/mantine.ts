/** Mantine dressed in our tokens, and the style sheets of just the parts we use, in Mantine's order. */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";
import "@mantine/core/styles/baseline.css";
import "@mantine/core/styles/default-css-variables.css";
import "@mantine/core/styles/global.css";
import "@mantine/core/styles/UnstyledButton.css";
import "@mantine/core/styles/Paper.css";
import "@mantine/core/styles/Overlay.css";
import "@mantine/core/styles/Popover.css";
import "@mantine/core/styles/ScrollArea.css";
import "@mantine/core/styles/CloseButton.css";
import "@mantine/core/styles/Loader.css";
import "@mantine/core/styles/ModalBase.css";
import "@mantine/core/styles/Modal.css";
import "@mantine/core/styles/Input.css";
import "@mantine/core/styles/PasswordInput.css";
import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/Switch.css";
import "@mantine/core/styles/ActionIcon.css";
import "@mantine/core/styles/Button.css";
import "@mantine/core/styles/Menu.css";
import "@mantine/core/styles/Tooltip.css";

/** Ten shades around the accent; shade 6 fills in light, 5 in dark. */
const accent: MantineColorsTuple = [
  "#ebeefc",
  "#d5dbf8",
  "#aab6f0",
  "#8393ea",
  "#6377e4",
  "#4c63e6",
  "#3a50d0",
  "#3044b8",
  "#27389a",
  "#1e2b78",
];

/** Mantine's greys of the dark theme, taken from our own neutrals: text, lines, hover, fields, panels, page. */
const dark: MantineColorsTuple = [
  "#e8eaef",
  "#b4bac6",
  "#959dab",
  "#6f7786",
  "#3a404c",
  "#20242d",
  "#1a1e25",
  "#16191f",
  "#12151a",
  "#0f1115",
];

const LOW = "2rem";

export const theme = createTheme({
  fontFamily: "var(--ab-font)",
  fontFamilyMonospace: "var(--ab-mono)",
  colors: { accent, dark },
  fontWeights: { regular: "400", medium: "500", bold: "600" },
  primaryColor: "accent",
  primaryShade: { light: 6, dark: 5 },
  defaultRadius: 6,
  cursorType: "pointer",
  respectReducedMotion: true,
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  spacing: { xs: "4px", sm: "8px", md: "12px", lg: "16px", xl: "24px" },
  components: {
    Button: {
      defaultProps: { size: "sm" },
      vars: (_theme: unknown, props: { size?: string }) =>
        props.size === "sm"
          ? { root: { "--button-height": LOW, "--button-padding-x": "0.75rem" } }
          : { root: {} },
    },
    InputWrapper: { styles: { label: { marginBottom: "4px" }, description: { marginBottom: "4px" } } },
    Input: {
      vars: (_theme: unknown, props: { size?: string }) =>
        props.size === undefined || props.size === "sm"
          ? { wrapper: { "--input-height": LOW } }
          : { wrapper: {} },
    },
    TextInput: { defaultProps: { size: "sm" } },
    PasswordInput: { defaultProps: { size: "sm" } },
    NativeSelect: { defaultProps: { size: "sm" } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false } },
    // Without the placeholder a menu holds only what a menu may hold; the first item takes the focus.
    Menu: { defaultProps: { shadow: "md", radius: 6, withInitialFocusPlaceholder: false } },
    Modal: {
      defaultProps: {
        centered: true,
        overlayProps: { backgroundOpacity: 0.4 },
        closeButtonProps: { "aria-label": "Close" },
        transitionProps: { duration: 120 },
      },
      styles: {
        title: { fontSize: "1rem", fontWeight: 600 },
        header: { padding: "16px 20px 8px" },
        body: { padding: "8px 20px 20px" },
      },
    },
  },
});

const shared = {
  "--mantine-color-body": "var(--ab-raised)",
  "--mantine-color-text": "var(--ab-ink)",
  "--mantine-color-dimmed": "var(--ab-ink-3)",
  "--mantine-color-default": "var(--ab-panel)",
  "--mantine-color-default-hover": "var(--ab-hover)",
  "--mantine-color-default-color": "var(--ab-ink)",
  "--mantine-color-default-border": "var(--ab-line)",
  "--mantine-color-placeholder": "var(--ab-ink-3)",
  "--mantine-color-error": "var(--ab-bad)",
  "--mantine-shadow-md": "var(--ab-shadow)",
  "--mantine-line-height": "1.4286",
};

export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared });

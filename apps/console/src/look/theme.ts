import { Button, type CSSVariablesResolver, createTheme, type MantineColorsTuple, Tooltip } from "@mantine/core";

const signal: MantineColorsTuple = [
  "#e8f3fd",
  "#cde4f8",
  "#aed3f5",
  "#7db8ec",
  "#4ea6f0",
  "#2f80c8",
  "#0b62ad",
  "#0a5798",
  "#084a82",
  "#063a67",
];

/** From text down to the ground, as in tokens.css. */
const dark: MantineColorsTuple = [
  "#e9edf2",
  "#b3bdca",
  "#949fae",
  "#6b7787",
  "#38414d",
  "#242b35",
  "#191e26",
  "#12161c",
  "#0f1318",
  "#0c0f14",
];

export const theme = createTheme({
  primaryColor: "signal",
  primaryShade: { light: 6, dark: 4 },
  colors: { signal, dark },
  fontFamily: "var(--hw-font)",
  fontSizes: { xs: "11px", sm: "13px", md: "14px", lg: "16px", xl: "20px" },
  defaultRadius: "6px",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    // Below what is pointed at: above the board stands what a person must read.
    Tooltip: Tooltip.extend({
      defaultProps: { position: "bottom", openDelay: 300, events: { hover: true, focus: true, touch: false } },
    }),
    Button: Button.extend({
      vars: (_, { variant = "filled" }) => ({
        root: variant === "filled" ? { "--button-color": "var(--hw-on-accent)" } : {},
      }),
    }),
  },
});

/** Mantine's surfaces and text are ours. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    "--mantine-color-body": "var(--hw-raised)",
    "--mantine-color-text": "var(--hw-text)",
    "--mantine-color-dimmed": "var(--hw-text-3)",
    "--mantine-color-default": "var(--hw-surface)",
    "--mantine-color-default-hover": "var(--hw-hover)",
    "--mantine-color-default-border": "var(--hw-line)",
    "--mantine-color-placeholder": "var(--hw-text-3)",
  },
  light: {},
  dark: {},
});

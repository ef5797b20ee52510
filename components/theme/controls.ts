import {
  ActionIcon,
  Button,
  Checkbox,
  Drawer,
  Input,
  type MantineThemeOverride,
  Menu,
  Modal,
  PasswordInput,
  SegmentedControl,
  Tooltip,
} from '@mantine/core';
import classes from '#components/theme/controls.module.css';
import { Eye } from '#components/ui/Eye.tsx';

// Heights are variables of global.css: 28 compact, 32 default, 40 sign-in; on a phone nothing is under 44.
const height = (size: unknown): string => `var(--mg-control-${size === 'sm' || size === 'lg' ? size : 'md'})`;

// Mantine's own default for fields is sm.
const inputHeight = (size: unknown): string => height(size === 'sm' ? 'md' : size);

/** How Mantine's controls look here, set once. */
export const controls: MantineThemeOverride['components'] = {
  Button: Button.extend({
    defaultProps: { size: 'md', variant: 'filled', loaderProps: { size: 14 } },
    vars: (_theme, props) => ({
      root: {
        '--button-height': height(props.size),
        '--button-padding-x': props.size === 'sm' ? '9px' : '12px',
        '--button-fz': props.size === 'sm' ? '12px' : props.size === 'lg' ? '14px' : '13px',
      },
    }),
    classNames: { root: classes.button, section: classes.buttonSection },
  }),
  ActionIcon: ActionIcon.extend({
    defaultProps: { variant: 'subtle', color: 'gray', size: 'sm' },
    vars: (_theme, props) => ({ root: { '--ai-size': height(props.size) } }),
    classNames: { root: classes.icon },
  }),
  Input: Input.extend({
    vars: (_theme, props) => ({
      wrapper: {
        '--input-height': inputHeight(props.size),
        '--input-size': inputHeight(props.size),
        '--input-fz': props.size === 'lg' ? '14px' : '13px',
      },
    }),
    classNames: { input: classes.input },
  }),
  InputWrapper: Input.Wrapper.extend({
    defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] },
    classNames: { label: classes.label, description: classes.help, error: classes.error, required: classes.required },
  }),
  PasswordInput: PasswordInput.extend({ defaultProps: { visibilityToggleIcon: Eye } }),
  SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'sm' }, classNames: { root: classes.segments } }),
  Checkbox: Checkbox.extend({ defaultProps: { size: 'xs' }, classNames: { label: classes.checkLabel } }),
  Menu: Menu.extend({
    defaultProps: {
      shadow: 'md',
      position: 'bottom-start',
      offset: 4,
      withinPortal: true,
      transitionProps: { duration: 120 },
      // An element of role presentation, which a menu may not hold; the first item has the focus without it.
      withInitialFocusPlaceholder: false,
    },
    classNames: { dropdown: classes.menu, item: classes.menuItem, label: classes.menuLabel },
  }),
  Modal: Modal.extend({
    defaultProps: { centered: true, shadow: 'lg', padding: 20, transitionProps: { duration: 120, transition: 'fade' } },
    classNames: {
      content: classes.dialog,
      header: classes.dialogHead,
      title: classes.dialogTitle,
      overlay: classes.veil,
    },
  }),
  Drawer: Drawer.extend({
    defaultProps: { padding: 0, transitionProps: { duration: 120 } },
    classNames: {
      content: classes.drawer,
      body: classes.drawerBody,
      header: classes.drawerHead,
      title: classes.dialogTitle,
      overlay: classes.veil,
    },
  }),
  Tooltip: Tooltip.extend({
    defaultProps: { openDelay: 400, withinPortal: true },
    classNames: { tooltip: classes.tooltip },
  }),
};

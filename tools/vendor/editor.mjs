// What <desk-editor> needs of Tiptap and nothing else. The schema below is what the sanitiser lets through.
export { Editor, Extension } from "@tiptap/core";
export { default as StarterKit } from "@tiptap/starter-kit";
export { default as Image } from "@tiptap/extension-image";
export { default as Mention } from "@tiptap/extension-mention";
export { TableKit } from "@tiptap/extension-table";
export { Placeholder } from "@tiptap/extensions";
export { Plugin, PluginKey } from "@tiptap/pm/state";

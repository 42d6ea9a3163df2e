// Package languages holds what the pages for visitors say, and the languages that
// a hall adds or changes by one file each.
//
// Chinese and English are inside the program (texts.json, made from the pages' own
// files by the front end's generate script). A file DATA/languages/TAG.yaml brings
// another language, or with zh.yaml and en.yaml changes single texts of these two.
// It is written by people, so it is read with care: what cannot be used is left out
// and told as a Fault with its line and key, and the text of the language's fallback
// stands in its place. Whatever a file holds, Texts gives every key a text that the
// pages can show.
//
// Parse and Template are pure. Only Shelf reads files.
package languages

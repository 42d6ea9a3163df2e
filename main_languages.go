package main

import (
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"

	"github.com/spf13/cobra"

	"petitionhall/hall/configuration"
	"petitionhall/hall/languages"
)

// languagesCommand is for those who write a language file.
func (p *program) languagesCommand() *cobra.Command {
	all := &cobra.Command{Use: "languages", Short: "Check a hall's language files, or begin one", Args: noArguments, RunE: func(*cobra.Command, []string) error { return usage("languages needs check or template") }}
	check := &cobra.Command{Use: "check [FOLDER]", Short: "Say what is wrong with the language files, and how much is translated",
		Args: upToOne, RunE: func(_ *cobra.Command, args []string) error {
			dir := filepath.Join(p.data, "languages")
			if len(args) > 0 {
				dir = args[0]
			}
			return p.checkLanguages(dir)
		}}
	template := &cobra.Command{Use: "template TAG", Short: "Write a language file to translate, with the Chinese and English above each text",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("%s needs the tag of a language, such as ug", c.CommandPath())
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return p.languageTemplate(args[0]) }}
	all.AddCommand(check, template)
	return all
}

func upToOne(c *cobra.Command, args []string) error {
	if len(args) > 1 {
		return usage("%s takes one folder", c.CommandPath())
	}
	return nil
}

// checkLanguages tells of each file how much it says and what is wrong with it.
func (p *program) checkLanguages(dir string) error {
	files := languages.OpenShelf(dir, slog.New(slog.DiscardHandler)).Files()
	if len(files) == 0 {
		return fmt.Errorf("there are no language files in %s; begin one with: petitionhall languages template ug", dir)
	}
	wrong := 0
	for _, l := range files {
		done, all := l.Done()
		switch {
		case !l.Usable():
			_, _ = fmt.Fprintf(p.out, "%s: 不能用 cannot be used\n", l.File)
		case l.BuiltIn():
			_, _ = fmt.Fprintf(p.out, "%s: %s, 改了%d句 %d texts changed\n", l.File, l.Name, l.Changed(), l.Changed())
		default:
			_, _ = fmt.Fprintf(p.out, "%s: %s, %s, 译了%d句，共%d句 %d%% translated\n", l.File, l.Name, l.Direction, done, all, done*100/all)
		}
		for _, f := range l.Faults {
			_, _ = fmt.Fprintf(p.out, "  %s\n    %s\n", f.Chinese(), f.Error())
			if !f.Warning {
				wrong++
			}
		}
	}
	if wrong > 0 {
		return fmt.Errorf("%d things cannot be used as they stand", wrong)
	}
	return nil
}

// languageTemplate writes a file to translate, with the texts of the hall whose
// configuration is given.
func (p *program) languageTemplate(tag string) error {
	c := configuration.Default()
	if p.config != "" {
		var err error
		if c, err = configuration.Read(p.config); err != nil {
			return err
		}
	}
	text, err := languages.Template(tag, c)
	if fault := (*languages.Fault)(nil); errors.As(err, &fault) {
		return usageError{err}
	}
	_, _ = p.out.Write(text)
	return err
}

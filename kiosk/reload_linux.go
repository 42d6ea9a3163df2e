//go:build desktop && (production || dev)

package kiosk

/*
#cgo !webkit2_41 pkg-config: gtk+-3.0 webkit2gtk-4.0
#cgo webkit2_41 pkg-config: gtk+-3.0 webkit2gtk-4.1
#include <stdlib.h>
#include <gtk/gtk.h>
#include <webkit2/webkit2.h>

static void find_web_view(GtkWidget *widget, gpointer found) {
	WebKitWebView **view = found;
	if (*view != NULL) return;
	if (WEBKIT_IS_WEB_VIEW(widget)) *view = WEBKIT_WEB_VIEW(widget);
	else if (GTK_IS_CONTAINER(widget)) gtk_container_forall(GTK_CONTAINER(widget), find_web_view, found);
}

static gboolean renew_page(gpointer address) {
	WebKitWebView *view = NULL;
	GList *windows = gtk_window_list_toplevels();
	for (GList *one = windows; one != NULL; one = one->next) find_web_view(GTK_WIDGET(one->data), &view);
	g_list_free(windows);
	if (view != NULL) {
		webkit_web_view_terminate_web_process(view);
		webkit_web_view_load_uri(view, address);
	}
	g_free(address);
	return G_SOURCE_REMOVE;
}

static void renew_page_later(const char *address) { g_idle_add(renew_page, g_strdup(address)); }
*/
import "C"

import (
	"context"
	"unsafe"
)

// startPage is the address that Wails begins a window with.
const startPage = "wails://wails/"

// renew ends the process that draws the page, which may be stuck in it for ever,
// and loads the page in a new one. Wails itself can only ask the page to reload,
// and a page that hangs does not hear it.
func renew(context.Context) {
	address := C.CString(startPage)
	defer C.free(unsafe.Pointer(address))
	C.renew_page_later(address)
}

/** The look of every page: the font that ships with it, cut by unicode range, then colours and ground rules. */
import '@fontsource-variable/noto-sans-sc/index.css'
import './tokens.css'
import './base.css'

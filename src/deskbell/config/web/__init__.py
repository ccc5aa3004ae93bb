"""The web server: one port, pages by WSGI in threads, `/live/` natively asynchronous."""

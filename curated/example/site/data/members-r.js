passerelle.put("members-r",{"org-5k64al6r":[["ini-dqgr5kxv",null,"Welcome Desk Chomedey",0]]});
